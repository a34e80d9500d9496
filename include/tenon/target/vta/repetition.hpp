#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <tenon/support/static_vector.hpp>

/// Which loops around a GEMM or ALU instruction are its own two, and which become micro-ops.
namespace tenon::vta {

/// A loop around an instruction: how often it runs, and how far each operand goes with a turn, in elements. Operand 0 is dst.
struct repeated_loop {
  std::int64_t count = 1;
  std::int64_t step[3]{};

  /// Its turns add to the same accumulators.
  constexpr bool sums() const { return step[0] == 0; }
};
using repeated_loops = static_vector<repeated_loop, 8>;

/// Loops as an instruction carries them out: `out` and `in` itself, and inside of these a micro-op for each turn of `listed`.
struct repetition {
  repeated_loop out{}, in{};
  repeated_loops listed{};  // outermost first

  constexpr std::int64_t count() const {
    std::int64_t all = 1;
    for (repeated_loop const& l : listed) all *= l.count;
    return all;
  }
  /// Steps from one to an accumulator to the next one to the same; 0 if each is met once.
  constexpr std::int64_t distance() const {
    std::int64_t inside = 1;
    for (std::size_t n = listed.size(); n-- > 0; inside *= listed[n].count) {
      if (listed[n].sums()) return inside;
    }
    if (in.count > 1 && in.sums()) return inside;
    inside *= in.count;
    return out.count > 1 && out.sums() ? inside : 0;
  }
};

/// The way to repeat an instruction that takes fewest micro-ops. A pipeline must not meet an accumulator within three steps,
/// so that turns which sum stand outside of those which do not. `in_order`: the turns must not change places.
constexpr repetition repetition_of(repeated_loops const& all, bool in_order = false) {
  auto const with = [&](std::size_t out, std::size_t in) {
    repetition made{};
    if (out < all.size()) made.out = all[out];
    if (in < all.size()) made.in = all[in];
    for (bool const sums : {true, false}) {
      for (std::size_t n = 0; n < all.size(); ++n) {
        if (n != out && n != in && (in_order ? sums : all[n].sums() == sums)) made.listed.push_back(all[n]);
      }
    }
    return made;
  };
  repetition best = with(0, 1);
  if (in_order) return best;
  auto const is_far = [](repetition const& r) { return r.distance() == 0 || r.distance() >= 3; };
  for (std::size_t out = 0; out < all.size(); ++out) {
    for (std::size_t in = out + 1; in < all.size(); ++in) {
      repetition const other = with(out, in);
      if (is_far(best) ? is_far(other) && other.count() < best.count() : is_far(other)) best = other;
    }
  }
  return best;
}

}  // namespace tenon::vta
