#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <tenon/language/element_of.hpp>

namespace tenon {

/// What a kernel gets to know of one argument, whatever held the elements. Extents and strides count elements.
struct argument {
  void const* data = nullptr;
  element type = element::none;
  std::uint8_t rank = 0;
  bool read_only = false;
  bool flat = false;               // elements in a row: dense row-major data of any tensor with as many elements
  bool number = false;             // one number, of which `value` is a copy
  bool pointer = false;            // a bare pointer, to one element
  char const* unusable = nullptr;  // why no kernel of this machine can read it
  std::int64_t extents[8]{};
  std::int64_t strides[8]{};
  alignas(8) unsigned char value[8]{};

  /// Where the first element is.
  constexpr void const* address() const { return data == nullptr && number ? value : data; }
  constexpr bool is_null() const { return address() == nullptr; }

  /// Makes the strides those of dense row-major data.
  constexpr void make_dense() {
    std::uint64_t stride = 1;  // wraps for extents that cannot be; whoever checks looks at the extents first
    for (int d = rank - 1; d >= 0; --d) {
      strides[d] = static_cast<std::int64_t>(stride);
      stride *= static_cast<std::uint64_t>(extents[d]);
    }
  }
};

/// How a type of yours becomes an argument: specialise it with `static constexpr argument of(T const&)`, or give the class a
/// member `argument to_argument() const`.
template <class T>
struct as_argument;

/// An argument whose first element is at `data`, still without extents.
template <element_type T>
constexpr argument argument_at(T* data) {
  argument made{};
  made.data = data;
  made.type = element_of<T>;
  made.read_only = std::is_const_v<T>;
  return made;
}

namespace detail {

// A matrix of Eigen has data() and size() too, but may be column-major: it comes through its own header.
template <class X>
concept row_of_objects = requires(X& row) {
  { *row.data() };
  { row.size() } -> std::convertible_to<std::size_t>;
  row.begin();
  row.end();
} && !requires(X& row) { row.rows(); };

// Arrays of C and std::array tell by their type how many objects they hold.
template <class X>
inline constexpr std::size_t fixed_size = 0;
template <class T, std::size_t N>
inline constexpr std::size_t fixed_size<T[N]> = N;
template <class X>
  requires(row_of_objects<X> && requires { std::tuple_size<X>::value; })
inline constexpr std::size_t fixed_size<X> = std::tuple_size<X>::value;

template <class X>
struct object_of {
  using type = typename X::value_type;
};
template <class T, std::size_t N>
struct object_of<T[N]> {
  using type = std::remove_const_t<T>;
};

template <class Object>
consteval bool holds_elements() {
  if constexpr (element_type<Object>) return true;
  else if constexpr (fixed_size<Object> != 0) return holds_elements<typename object_of<Object>::type>();
  else return false;
}

// Of rows that lie in rows: the element, and the extents inside the outermost.
template <class Object>
constexpr void add_extents_of(argument& to) {
  if constexpr (element_type<Object>) {
    to.type = tenon::element_of<Object>;
    to.extents[to.rank - 1] *= elements_in<Object>;
  } else {
    to.extents[to.rank++] = fixed_size<Object>;
    add_extents_of<typename object_of<Object>::type>(to);
  }
}

template <class Object>
constexpr argument argument_of_row(void const* data, std::size_t size, bool read_only) {
  argument made{};
  made.data = data;
  made.read_only = read_only;
  made.rank = 1;
  made.extents[0] = static_cast<std::int64_t>(size);
  add_extents_of<Object>(made);
  made.flat = made.rank == 1;
  made.make_dense();
  return made;
}

template <std::size_t Size>
struct bytes {
  unsigned char of[Size];
};

template <class T>
constexpr argument argument_of_number(T const& x) {
  argument made{};
  made.type = tenon::element_of<T>;
  made.number = true;
  auto const copy = std::bit_cast<bytes<sizeof(T)>>(x);
  for (std::size_t at = 0; at < sizeof(T); ++at) made.value[at] = copy.of[at];
  return made;
}

template <class T>
inline constexpr bool never = false;

}  // namespace detail

/// The argument that a kernel makes of what it is called with: an `array`, a `view`, a number for a tensor without dimensions,
/// an array of C, a std::array, a std::vector or std::span (also for the elements of a tensor of several dimensions, row by
/// row), and what specialises `as_argument`. It borrows: the elements have to be there until the call ends.
template <class T>
constexpr argument argument_of(T&& x) {
  using plain = std::remove_cvref_t<T>;
  constexpr bool constant = std::is_const_v<std::remove_reference_t<T>>;
  if constexpr (std::same_as<plain, argument>) {
    return x;
  } else if constexpr (requires { as_argument<plain>::of(x); }) {
    return as_argument<plain>::of(x);
  } else if constexpr (requires {
                         { x.to_argument() } -> std::same_as<argument>;
                       }) {
    return x.to_argument();
  } else if constexpr (element_type<plain>) {
    argument made = detail::argument_of_number<plain>(x);
    // A variable can be written to; anything else is only its value.
    if constexpr (std::is_lvalue_reference_v<T> && !constant) made.data = &x;
    made.read_only = made.data == nullptr;
    return made;
  } else if constexpr (std::is_pointer_v<plain>) {
    static_assert(
        element_type<std::remove_pointer_t<plain>>,
        "a pointer given to a kernel points to elements: float, double, half, bfloat16, bool or sized integers");
    argument made = argument_at(x);
    made.pointer = true;
    return made;
  } else if constexpr (detail::fixed_size<plain> != 0 || detail::row_of_objects<std::remove_reference_t<T>>) {
    using object = typename detail::object_of<plain>::type;
    static_assert(
        detail::holds_elements<object>(),
        "a container given to a kernel holds elements: float, double, half, bfloat16, bool or sized integers");
    if constexpr (detail::holds_elements<object>()) {
      if constexpr (std::is_array_v<plain>) {
        return detail::argument_of_row<object>(x, detail::fixed_size<plain>,
                                               std::is_const_v<std::remove_all_extents_t<std::remove_reference_t<T>>>);
      } else {
        using pointed = std::remove_pointer_t<decltype(x.data())>;
        return detail::argument_of_row<object>(x.data(), x.size(), std::is_const_v<pointed>);
      }
    } else return {};
  } else {
    static_assert(detail::never<T>,
                  "this is no argument of a kernel: give an array, a view, a number, a std::span, std::vector "
                  "or std::array; include <tenon/interop/eigen.hpp>, dlpack.hpp or mdspan.hpp for those; or "
                  "specialise tenon::as_argument for a type of your own");
    return {};
  }
}

}  // namespace tenon
