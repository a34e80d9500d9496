#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace tenon::fuzz {

/// Numbers that look random and follow from a seed, the same on every machine.
class dice {
 public:
  explicit dice(std::uint64_t seed) : state(seed * 0x9E3779B97F4A7C15u + 0x2545F4914F6CDD1Du) {}

  /// From 0 to below `n`.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  /// From `least` to `most`.
  int from(int least, int most) { return least + static_cast<int>(below(static_cast<std::size_t>(most - least + 1))); }
  bool chance(int percent) { return from(0, 99) < percent; }
  template <class T>
  T const& of(std::vector<T> const& list) {
    return list[below(list.size())];
  }
  template <class T>
  T of(std::initializer_list<T> list) {
    return list.begin()[below(list.size())];
  }

 private:
  std::uint64_t next() {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t state;
};

}  // namespace tenon::fuzz
