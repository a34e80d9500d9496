#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <tenon/language/argument.hpp>
#include <tenon/language/argument_error.hpp>
#include <tenon/language/shape.hpp>

namespace tenon {

/// Elements that someone else owns, by pointer, extents and strides: `view(data, {rows, columns})`. T may be const.
template <element_type T>
class view {
  static_assert(elements_in<T> == 1, "a view is of elements that can be pointed to; two of int4 share one byte");

 public:
  using value_type = std::remove_const_t<T>;

  constexpr view() = default;
  /// Dense row-major data.
  constexpr view(T* data, shape const& extents) : data_(data), extents_(extents), strides_(extents.row_major()) {}
  /// Strides count elements.
  constexpr view(T* data, shape const& extents, shape const& strides)
      : data_(data), extents_(extents), strides_(strides) {
    if (strides.rank != extents.rank) {
      refuse(text{} << "view: " << strides.rank << " strides given for " << extents.rank << " extents");
    }
  }
#if defined(__CUDACC__)
#pragma nv_diag_suppress 554  // nvcc looks at the conversion where there is none, too
#endif
  /// What can be written to can be read.
  constexpr operator view<T const>() const
    requires(!std::is_const_v<T>)
  {
    return {data_, extents_, strides_};
  }
#if defined(__CUDACC__)
#pragma nv_diag_default 554
#endif

  constexpr T* data() const { return data_; }
  constexpr int rank() const { return extents_.rank; }
  constexpr std::int64_t extent(int dimension) const { return extents_[dimension]; }
  constexpr std::int64_t stride(int dimension) const { return strides_[dimension]; }
  constexpr shape const& extents() const { return extents_; }
  constexpr shape const& strides() const { return strides_; }
  constexpr std::int64_t elements() const { return data_ == nullptr && rank() == 0 ? 0 : extents_.elements(); }
  /// Whether the elements lie side by side in row-major order.
  constexpr bool is_dense() const {
    shape const dense = extents_.row_major();
    for (int d = 0; d < rank(); ++d) {
      if (extent(d) > 1 && stride(d) != dense[d]) return false;
    }
    return true;
  }

  /// One element; the indices are not checked.
  template <std::integral... Indices>
  constexpr T& operator()(Indices... at) const {
    std::int64_t offset = 0;
    int d = 0;
    ((offset += static_cast<std::int64_t>(at) * strides_[d++]), ...);
    return data_[offset];
  }

  /// The `count` elements of one dimension from `first` on, or every `step`th of them.
  constexpr view slice(int dimension, std::int64_t first, std::int64_t count, std::int64_t step = 1) const {
    need_dimension("slice", dimension);
    std::int64_t const extent = extents_[dimension];
    bool const inside = first >= 0 && count >= 0 && step > 0 && first <= extent &&
                        (count == 0 || count - 1 <= (extent - 1 - first) / step) && (count == 0 || first < extent);
    if (!inside) {
      refuse(text{} << "slice(" << dimension << ", " << first << ", " << count << ", " << step << "): dimension "
                    << dimension << " has " << extent << " elements");
    }
    view part = *this;
    if (count > 0) part.data_ += first * strides_[dimension];
    part.extents_[dimension] = count;
    part.strides_[dimension] = count > 1 ? strides_[dimension] * step : strides_[dimension];
    return part;
  }
  /// The view without one dimension: its element at `index`. `x.at(0, i)` is row i of a matrix.
  constexpr view at(int dimension, std::int64_t index) const {
    need_dimension("at", dimension);
    if (index < 0 || index >= extents_[dimension]) {
      refuse(text{} << "at(" << dimension << ", " << index << "): dimension " << dimension << " has "
                    << extents_[dimension] << " elements");
    }
    view part = *this;
    part.data_ += index * strides_[dimension];
    part.extents_.rank = part.strides_.rank = rank() - 1;
    for (int d = 0; d < 8; ++d) {
      bool const last = d + 1 >= rank();
      if (d >= dimension) part.extents_[d] = last ? 0 : extents_[d + 1];
      if (d >= dimension) part.strides_[d] = last ? 0 : strides_[d + 1];
    }
    return part;
  }
  /// Dimension d of the result is dimension order[d] of this.
  constexpr view permuted(shape const& order) const {
    bool used[8]{};
    bool all = order.rank == rank();
    for (int d = 0; d < order.rank && all; ++d) {
      all = order[d] >= 0 && order[d] < rank() && !used[order[d]];
      if (all) used[order[d]] = true;
    }
    if (!all) refuse(text{} << "permuted: an order of " << rank() << " dimensions names each once");
    view turned = *this;
    for (int d = 0; d < rank(); ++d) {
      turned.extents_[d] = extents_[static_cast<int>(order[d])];
      turned.strides_[d] = strides_[static_cast<int>(order[d])];
    }
    return turned;
  }
  /// The dimensions in opposite order.
  constexpr view transposed() const {
    shape order = extents_;
    for (int d = 0; d < rank(); ++d) order[d] = rank() - 1 - d;
    return permuted(order);
  }
  /// The same elements in other dimensions; they have to be dense.
  constexpr view reshaped(shape const& extents) const {
    if (!is_dense())
      refuse(text{} << "reshaped: the elements of " << extents_ << " do not lie side by side; copy them first");
    for (int d = 0; d < extents.rank; ++d) {
      if (extents[d] < 0) refuse(text{} << "reshaped: extent " << d << " is " << extents[d]);
    }
    if (extents.elements() != elements()) {
      refuse(text{} << "reshaped: " << extents_ << " are " << elements() << " elements, and " << extents << " are "
                    << extents.elements());
    }
    return {data_, extents};
  }

  constexpr argument to_argument() const {
    argument made = argument_at(data_);
    made.rank = static_cast<std::uint8_t>(rank());
    for (int d = 0; d < rank(); ++d) {
      made.extents[d] = extents_[d];
      made.strides[d] = strides_[d];
    }
    return made;
  }

 private:
  T* data_ = nullptr;
  shape extents_{};
  shape strides_{};

  static constexpr void refuse(text const& sentence) { raise({.kind = fault_kind::outside, .sentence = sentence}); }
  constexpr void need_dimension(char const* word, int dimension) const {
    if (dimension < 0 || dimension >= rank()) {
      refuse(text{} << word << ": there is no dimension " << dimension << " of " << rank());
    }
  }
};

template <class T>
view(T*, shape) -> view<T>;
template <class T>
view(T*, shape, shape) -> view<T>;

}  // namespace tenon
