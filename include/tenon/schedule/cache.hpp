#pragma once

#include <concepts>

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The loops that number the dimensions of a cache, slowest first.
struct cache_order {
  static_vector<loop_name, 8> loops{};
};

/// The dimensions of a cache: `order(j.outer, k.inner, j.inner)` keeps rows of j.inner behind each other.
template <class... Loops>
  requires(sizeof...(Loops) > 0 && sizeof...(Loops) <= 8 && (std::convertible_to<Loops, loop_name> && ...))
constexpr cache_order order(Loops const&... loops) {
  cache_order made{};
  (made.loops.push_back(loops), ...);
  return made;
}

/// Inside loop `at`, `x` is read from (or written to) a copy with a layout of its own, `cached(x)`.
///
///     for k.outer                       for k.outer
///       for j.outer, k.inner, j.inner     x.cache[j.outer, k.inner, j.inner] = x[k.outer*8 + k.inner, j.outer*4 + j.inner]
///         ... x[k.outer*8 + k.inner, =>   for j.outer, k.inner, j.inner
///               j.outer*4 + j.inner]        ... x.cache[j.outer, k.inner, j.inner]
constexpr step cache(tensor_name const& x, loop_name const& at, cache_order const& dimensions,
                     space const& where = space::automatic) {
  step made{.what = action::cache, .tensor = x};
  if (where != space::automatic) made.word = where.name;
  made.loops.push_back(at);
  for (loop_name const& l : dimensions.loops) made.loops.push_back(l);
  return made;
}

/// The same for the box of `x` that one turn of loop `at` touches; the copy keeps the layout of `x`.
constexpr step cache(tensor_name const& x, loop_name const& at, space const& where = space::automatic) {
  step made{.what = action::cache, .tensor = x};
  if (where != space::automatic) made.word = where.name;
  made.loops.push_back(at);
  return made;
}

/// The copy that `cache` makes, to name it in other steps: `align(cached(w), 64)`, `vectorize(cached(w)[j.inner])`.
constexpr tensor_name cached(tensor_name const& x) { return {x.name.part("cache")}; }

}  // namespace tenon
