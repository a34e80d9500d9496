#pragma once

#include <cstddef>
#include <vector>

#include <tenon/support/maybe.hpp>
#include <tenon/target/vta/footprint.hpp>
#include <tenon/target/vta/stream.hpp>
#include <tenon/target/vta/tokens.hpp>

namespace tenon::vta {

/// Sets the flags of a stream's instructions: as few tokens as make every instruction wait for what it needs, seen from what
/// they touch. A stream that is right when carried out one instruction after another is right on the machine with them.
///
///     load inp, wgt               load inp; load wgt, signals compute
///     gemm                   =>   gemm, waits load, signals load
///     load inp, again             load inp, waits compute
///
/// Needs: micro-ops that LOAD UOP loads before they are used; no LOAD INP or WGT of what the same stream stores.
/// Keeps: the instructions and their order. Tokens that were there are taken away.
constexpr void insert_tokens(stream& s) {
  std::vector<instruction>& all = s.instructions;
  for (instruction& i : all) i.pop_prev = i.pop_next = i.push_prev = i.push_next = 0;
  footprints const touch(s);
  by_unit before{};
  std::vector<moment> ended{};
  for (std::size_t at = 0; at < all.size(); ++at) {
    unit const here = unit_of(all[at]);
    moment known{};
    if (!before[here].empty()) known = ended[before[here].back()];
    for (queue const q : all_queues) {
      if (taker_of(q) != here) continue;
      unit const giver = giver_of(q);
      maybe<std::size_t> first{};
      if (all[at].op != opcode::finish) {
        first = unordered(touch, before, giver, at, known);
      } else if (std::ssize(before[giver]) > known[giver]) {
        first = before[giver].back();  // it waits for everything
      }
      if (!first) continue;
      // What is given here was never given before, or `known` would hold it: so the queue stays in order.
      all[*first].*giving_flag(q) = 1;
      all[at].*taking_flag(q) = 1;
      known.join(ended[*first]);
    }
    known[here] += 1;
    ended.push_back(known);
    before[here].push_back(at);
  }
}

}  // namespace tenon::vta
