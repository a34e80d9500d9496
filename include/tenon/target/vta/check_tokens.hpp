#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tenon/support/refusal.hpp>
#include <tenon/target/vta/flaw.hpp>
#include <tenon/target/vta/footprint.hpp>
#include <tenon/target/vta/simulator.hpp>
#include <tenon/target/vta/spell.hpp>
#include <tenon/target/vta/stream.hpp>
#include <tenon/target/vta/tokens.hpp>

namespace tenon::vta {

namespace detail {

/// One walk through a stream in its order, each token taken by the instruction that takes it on the machine: units work in
/// order and so do queues, so which token that is does not depend on time.
class token_walk {
 public:
  constexpr explicit token_walk(stream const& s) : all_(s.instructions), touch_(s) {}

  constexpr text wrong() {
    for (std::size_t at = 0; at < all_.size(); ++at) {
      if (text const flaw = flaw_of_flags(all_[at]); !flaw.empty()) return named(at) << ": " << flaw;
      if (!touch_.knows_micro_ops(at)) return named(at) << ": its micro-ops were not all loaded before";
      unit const here = unit_of(all_[at]);
      moment known{};
      if (!before_[here].empty()) known = ended_[before_[here].back()];
      for (queue const q : all_queues) {
        if (!takes(all_[at], q)) continue;
        line& tokens = lines_[q];
        if (tokens.taken == tokens.givers.size()) return no_token(at, q, known);
        known.join(ended_[tokens.givers[tokens.taken++]]);
      }
      for (unit const u : all_units) {
        if (u == here) continue;
        if (auto const other = unordered(touch_, before_, u, at, known)) return race(*other, at);
      }
      if (text const no = wrong_finish(at, known); !no.empty()) return no;
      if (text const no = give(at, known); !no.empty()) return no;
      known[here] += 1;
      ended_.push_back(known);
      before_[here].push_back(at);
    }
    return left_over();
  }

 private:
  struct line {
    std::vector<std::size_t> givers{};
    std::size_t taken = 0;
    std::vector<std::int32_t> taken_by_rank{};  // how many tokens the taker's first instructions take
  };

  constexpr text named(std::size_t at) const { return text{"instruction "} << spell(at, all_[at]); }
  constexpr text other(std::size_t at) const { return spell(at, all_[at]); }

  constexpr text race(std::size_t first, std::size_t second) const {
    meeting const m = *touch_.meet(first, second);
    text no = named(second);
    no << (m.second_writes ? " overwrites " : " reads ")
       << (m.memory == meeting::in_dram ? std::string_view("DRAM, byte ") : name_of_memory(m.memory)) << "["
       << m.element << "], which " << other(first) << (m.first_writes ? " writes" : " reads")
       << ", and no token makes it wait";
    return no;
  }
  constexpr text no_token(std::size_t at, queue q, moment const& known) const {
    text no = named(at) << " waits for a token from " << name_of(giver_of(q));
    auto const needed = unordered(touch_, before_, giver_of(q), at, known);
    bool const swapped = at + 1 < all_.size() && gives(all_[at + 1], q);
    if (needed && !swapped) return no << ", and " << other(*needed) << ", which it has to wait for, gives none";
    for (std::size_t later = at + 1; later < all_.size(); ++later) {
      if (gives(all_[later], q)) return no << ", which only " << other(later) << " gives, behind it";
    }
    if (before_[giver_of(q)].empty()) return no << ", which has no instruction before it";
    return no << ", and none is left: the last before it is " << other(before_[giver_of(q)].back());
  }
  constexpr text wrong_finish(std::size_t at, moment const& known) const {
    if ((all_[at].op == opcode::finish) != (at + 1 == all_.size()))
      return named(at) << ": a stream ends with its only finish";
    if (all_[at].op != opcode::finish) return {};
    for (unit const u : {unit::load, unit::store}) {
      if (std::ssize(before_[u]) > known[u]) {
        return named(at) << " does not wait for " << other(before_[u].back()) << "; it has to be the last to execute";
      }
    }
    return {};
  }
  constexpr text give(std::size_t at, moment const& known) {
    for (queue const q : all_queues) {
      line& tokens = lines_[q];
      if (taker_of(q) == unit_of(all_[at])) tokens.taken_by_rank.push_back(static_cast<std::int32_t>(tokens.taken));
      if (!gives(all_[at], q)) continue;
      tokens.givers.push_back(at);
      std::int32_t const ended = known[taker_of(q)];
      std::int64_t const gone = ended == 0 ? 0 : tokens.taken_by_rank[static_cast<std::size_t>(ended - 1)];
      if (std::ssize(tokens.givers) - gone > token_queue_room) {
        return named(at) << ": more than " << token_queue_room << " tokens may be under way to " << name_of(taker_of(q))
                         << "; some machines drop what is beyond";
      }
    }
    return {};
  }
  constexpr text left_over() const {
    for (queue const q : all_queues) {
      line const& tokens = lines_[q];
      if (tokens.taken == tokens.givers.size()) continue;
      text no = named(tokens.givers.back()) << ": " << name_of(taker_of(q)) << " never takes its token";
      for (std::size_t at = all_.size(); at-- > 0;) {
        if (takes(all_[at], q)) return no << "; the last that it takes is for " << other(at);
      }
      return no << ", and takes none";
    }
    return {};
  }

  std::vector<instruction> const& all_;
  footprints touch_;
  by_unit before_{};
  std::vector<moment> ended_{};
  per_queue<line> lines_{};
};

}  // namespace detail

/// Proves the tokens of a stream, or says what is wrong with them and names both instructions: each instruction waits for those
/// before it that write what it reads, or read or write what it writes; nothing waits for what stands behind it, so the
/// machine cannot stop; every token that is given is taken; FINISH is the last to execute.
constexpr refusal check_tokens(stream const& s) { return {detail::token_walk(s).wrong()}; }

}  // namespace tenon::vta
