#pragma once

#include <cstddef>
#include <initializer_list>

#include <tenon/support/ensure.hpp>
#include <tenon/support/unfolded.hpp>

namespace tenon {

/// A vector that keeps its elements inside itself, so that a value made by one constexpr function can be handed to the next.
template <class T, std::size_t Capacity>
struct static_vector {
  T items[Capacity]{};
  std::size_t count = 0;

  static constexpr std::size_t capacity = Capacity;

  constexpr static_vector(unfolded = {}) {}
  constexpr static_vector(std::initializer_list<T> all) : static_vector(listed(all)) {}

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

 private:
  // Made apart: while a constant is made, g++ 12 lets no constructor of a part call what changes it.
  static constexpr static_vector listed(std::initializer_list<T> all) {
    static_vector made;
    for (T const& each : all) made.push_back(each);
    return made;
  }
};

}  // namespace tenon
