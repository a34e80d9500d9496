#pragma once

#include <tenon/support/label.hpp>

namespace tenon {

/// A loop as a schedule calls it: `j.outer`, or `bx[y]` where several stages have a loop of that name.
struct loop_name {
  label stage{};  // empty: whichever stage has such a loop
  label loop{};
  constexpr bool operator==(loop_name const&) const = default;
};

/// A tensor as a schedule calls it. `bx[y]` is its loop of that name.
struct tensor_name {
  label name{};
  constexpr loop_name operator[](loop_name const& loop) const { return {.stage = name, .loop = loop.loop}; }
  constexpr bool operator==(tensor_name const&) const = default;
};

/// The two loops that `split` makes, and theirs: `j.outer.inner`.
template <int Depth>
struct nested_loop : loop_name {
  nested_loop<Depth - 1> outer{};
  nested_loop<Depth - 1> inner{};
  constexpr nested_loop() = default;
  constexpr explicit nested_loop(loop_name const& name)
      : loop_name(name), outer(loop_name{name.stage, name.loop.part("outer")}),
        inner(loop_name{name.stage, name.loop.part("inner")}) {}
};
template <>
struct nested_loop<0> : loop_name {
  constexpr nested_loop() = default;
  constexpr explicit nested_loop(loop_name const& name) : loop_name(name) {}
};

constexpr text& operator<<(text& to, tensor_name const& t) { return to << t.name; }
constexpr text& operator<<(text& to, loop_name const& l) {
  if (l.stage.empty()) return to << l.loop;
  return to << l.stage << "[" << l.loop << "]";
}
constexpr text& operator<<(text&& to, tensor_name const& t) { return to << t; }
constexpr text& operator<<(text&& to, loop_name const& l) { return to << l; }

}  // namespace tenon
