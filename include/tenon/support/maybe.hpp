#pragma once

namespace tenon {

/// A value, or none. `std::optional` would do, and takes a compiler as long to read as a room of ours.
template <class T>
struct maybe {
  T value{};
  bool given = false;

  constexpr maybe() = default;
  constexpr maybe(T const& v) : value(v), given(true) {}

  constexpr explicit operator bool() const { return given; }
  constexpr T const& operator*() const { return value; }
  constexpr T const* operator->() const { return &value; }
  constexpr T value_or(T const& other) const { return given ? value : other; }

  constexpr bool operator==(maybe const&) const = default;
};

}  // namespace tenon
