#pragma once

#include <cstdint>
#include <type_traits>

#include <Eigen/Core>

#include <tenon/language/argument.hpp>

namespace tenon {

namespace detail {

// Eigen's own half and bfloat16 have the layout of ours.
template <class Scalar>
inline constexpr element element_of_eigen = element_of<Scalar>;
template <>
inline constexpr element element_of_eigen<Eigen::half> = element::f16;
template <>
inline constexpr element element_of_eigen<Eigen::bfloat16> = element::bf16;

template <class X>
concept dense_of_eigen = std::is_base_of_v<Eigen::DenseBase<X>, X>;

// Whether elements may be written through an object that is not const itself.
template <class X>
inline constexpr bool writable_of_eigen = (Eigen::internal::traits<X>::Flags & Eigen::LvalueBit) != 0;

}  // namespace detail

/// Takes what has memory in Eigen as arguments of kernels: a Matrix, an Array, a Map, a Ref, a block of one. A vector has one
/// dimension. A column-major matrix is handed over as `x.transpose()`, to a tensor declared the other way round.
template <detail::dense_of_eigen Dense>
struct as_argument<Dense> {
  static argument of(Dense& x) { return made_of(x, !detail::writable_of_eigen<Dense>); }
  static argument of(Dense const& x) { return made_of(x, true); }

 private:
  static argument made_of(Dense const& x, bool read_only) {
    using scalar = typename Dense::Scalar;
    constexpr bool has_memory = (Eigen::internal::traits<Dense>::Flags & Eigen::DirectAccessBit) != 0;
    static_assert(has_memory, "this expression of Eigen has no memory of its own; give a kernel its value, x.eval()");
    static_assert(
        detail::element_of_eigen<scalar> != element::none,
        "the elements of this Eigen object are none of a kernel's: float, double, half, bfloat16, bool or integers");
    argument made{};
    if constexpr (has_memory) {
      made.data = x.data();
      made.type = detail::element_of_eigen<scalar>;
      made.read_only = read_only;
      if constexpr (Dense::IsVectorAtCompileTime) {
        made.rank = 1;
        made.extents[0] = x.size();
        made.strides[0] = x.innerStride();
        made.flat = made.strides[0] == 1;
      } else {
        made.rank = 2;
        made.extents[0] = x.rows();
        made.extents[1] = x.cols();
        made.strides[0] = Dense::IsRowMajor ? x.outerStride() : x.innerStride();
        made.strides[1] = Dense::IsRowMajor ? x.innerStride() : x.outerStride();
      }
    }
    return made;
  }
};

}  // namespace tenon
