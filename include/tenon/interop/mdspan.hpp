#pragma once

#include <concepts>
#include <cstdint>

#include <tenon/language/argument.hpp>

namespace tenon {

namespace detail {

template <class X>
concept like_mdspan = requires(X const& x) {
  { X::rank() } -> std::convertible_to<std::size_t>;
  { *x.data_handle() };
  { x.extent(0) } -> std::convertible_to<std::int64_t>;
  { x.stride(0) } -> std::convertible_to<std::int64_t>;
  x.extents();
};

}  // namespace detail

/// Takes std::mdspan, and what has its data_handle(), extent(r) and stride(r), as arguments of kernels.
template <detail::like_mdspan Span>
struct as_argument<Span> {
  static constexpr argument of(Span const& x) {
    static_assert(std::is_pointer_v<decltype(x.data_handle())>,
                  "an mdspan given to a kernel has a pointer for its data_handle()");
    static_assert(Span::rank() <= 8, "an mdspan given to a kernel has at most eight dimensions");
    argument made = argument_at(x.data_handle());
    made.rank = static_cast<std::uint8_t>(Span::rank());
    if constexpr (Span::rank() > 0) {
      for (std::uint8_t d = 0; d < made.rank; ++d) {
        made.extents[d] = static_cast<std::int64_t>(x.extent(d));
        made.strides[d] = static_cast<std::int64_t>(x.stride(d));
      }
    }
    return made;
  }
};

}  // namespace tenon
