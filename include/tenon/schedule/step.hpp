#pragma once

#include <cstdint>

#include <tenon/support/names.hpp>
#include <tenon/support/static_vector.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon {

/// What happens where a factor does not divide an extent.
enum class tail : std::uint8_t {
  exact,   // it must divide
  guard,   // a condition around what would be outside
  mask,    // the same, as masked vectors
  peel,    // a guard, and the last iteration apart, so that the others need none
  shift,   // the last tile starts earlier and computes some elements again
  pad,     // buffers of ours are rounded up, what is behind their end is computed and never read
};

/// Where a tensor lives: a memory by its name. Those of a machine of your own are named as these are, `space{"tiles"}`.
struct space {
  label name{};
  constexpr bool operator==(space const&) const = default;

  static space const automatic;  // decided when the whole schedule is known
  static space const main;  // that of the caller's tensors; what an instruction reads and writes there
  static space const registers;
  static space const stack;
  static space const workspace;  // main memory of ours
  static space const shared;
};
inline constexpr space space::automatic{"automatic"};
inline constexpr space space::main{"main"};
inline constexpr space space::registers{"registers"};
inline constexpr space space::stack{"stack"};
inline constexpr space space::workspace{"workspace"};
inline constexpr space space::shared{"shared"};

enum class action : std::uint8_t {
  split,
  split_parts,
  fuse,
  reorder,
  serial,
  unroll,
  vectorize,
  parallel,
  bind,
  virtual_thread,
  peel,
  specialize,
  compute_at,
  reverse_compute_at,
  compute_inline,
  reverse_inline,
  compute_root,
  store_at,
  slide,
  fold_storage,
  cache,
  place,
  align,
  stream,
  prefetch,
  decompose,
  carry,
  rfactor,
  in_place,
  double_buffer,
  pipeline,
  tensorize,
};

/// One line of a schedule, as a value. Which fields an action reads is said by the function that makes it.
struct step {
  action what = action::split;
  tail policy = tail::exact;
  tensor_name tensor{};
  label word{};  // the name of an instruction, a memory, a hardware axis, ...
  static_vector<loop_name, 10> loops{};
  static_vector<std::int64_t, 4> numbers{};
  constexpr bool operator==(step const&) const = default;
};

constexpr text_view name_of(tail t) {
  constexpr text_view names[]{"exact", "guard", "mask", "peel", "shift", "pad"};
  return names[static_cast<int>(t)];
}
constexpr text_view name_of(action a) {
  constexpr text_view names[]{"split",          "split",
                              "fuse",           "reorder",
                              "serial",         "unroll",
                              "vectorize",      "parallel",
                              "bind",           "virtual_thread",
                              "peel",           "specialize",
                              "compute_at",     "reverse_compute_at",
                              "compute_inline", "reverse_inline",
                              "compute_root",   "store_at",
                              "slide",          "fold_storage",
                              "cache",          "place",
                              "align",          "stream",
                              "prefetch",       "decompose",
                              "carry",          "rfactor",
                              "in_place",       "double_buffer",
                              "pipeline",       "tensorize"};
  return names[static_cast<int>(a)];
}

/// The user's own line: `split(i, 12)`, `cache(w, k.outer, order(j.outer, k.inner, j.inner))`.
constexpr text& operator<<(text& to, step const& s) {
  to << (s.what == action::store_at && s.loops.empty() ? "store_root" : name_of(s.what)) << "(";
  bool first = true;
  auto const comma = [&] {
    if (!first) to << ", ";
    first = false;
  };
  if (!s.tensor.name.empty()) {
    comma();
    to << s.tensor;
  }
  if (s.what == action::specialize) {
    comma();
    to << s.word;
  }
  std::size_t plain = s.loops.size();
  if (s.what == action::cache && plain > 1) plain = 1;
  for (std::size_t n = 0; n < plain; ++n) {
    comma();
    to << s.loops[n];
  }
  if (plain < s.loops.size()) {
    to << ", order(";
    for (std::size_t n = plain; n < s.loops.size(); ++n) {
      if (n > plain) to << ", ";
      to << s.loops[n];
    }
    to << ")";
  }
  if (s.what == action::split_parts) {
    comma();
    to << "parts(" << s.numbers[0] << ")";
  } else {
    for (std::int64_t number : s.numbers) {
      comma();
      to << number;
    }
  }
  if (s.what == action::place || s.what == action::cache) {
    // Memories of ours are written as they are named here, and those of a machine of the user's by their name alone.
    if (!s.word.empty()) {
      comma();
      space const where{s.word};
      bool const ours = where == space::registers || where == space::stack || where == space::workspace ||
                        where == space::shared || where == space::automatic || where == space::main;
      if (ours) to << "space::";
      to << s.word;
    }
  } else if (!s.word.empty() && s.what != action::specialize) {
    comma();
    to << s.word;
  }
  if (s.policy != tail::exact) {
    comma();
    to << "tail::" << name_of(s.policy);
  }
  return to << ")";
}
constexpr text& operator<<(text&& to, step const& s) { return to << s; }

}  // namespace tenon
