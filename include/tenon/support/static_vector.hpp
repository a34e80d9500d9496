#pragma once

#include <cstddef>

#include <tenon/support/ensure.hpp>

namespace tenon {

/// A vector that keeps its elements inside itself, so that a value made by one constexpr function can be handed to the next.
template <class T, std::size_t Capacity>
struct static_vector {
  T items[Capacity]{};
  std::size_t count = 0;

  static constexpr std::size_t capacity = Capacity;

  constexpr T& push_back(T const& item) {
    ensure(count < Capacity);
    return items[count++] = item;
  }
  constexpr void pop_back() {
    ensure(count > 0);
    items[--count] = T{};
  }
  constexpr void clear() {
    while (!empty()) pop_back();
  }
  constexpr std::size_t size() const { return count; }
  constexpr bool empty() const { return count == 0; }
  constexpr bool full() const { return count == Capacity; }
  constexpr T& operator[](std::size_t at) {
    ensure(at < count);
    return items[at];
  }
  constexpr T const& operator[](std::size_t at) const {
    ensure(at < count);
    return items[at];
  }
  constexpr T& back() { return (*this)[count - 1]; }
  constexpr T const& back() const { return (*this)[count - 1]; }
  constexpr T* begin() { return items; }
  constexpr T* end() { return items + count; }
  constexpr T const* begin() const { return items; }
  constexpr T const* end() const { return items + count; }

  constexpr bool operator==(static_vector const& other) const {
    if (count != other.count) return false;
    for (std::size_t at = 0; at < count; ++at) {
      if (!(items[at] == other.items[at])) return false;
    }
    return true;
  }
};

}  // namespace tenon
