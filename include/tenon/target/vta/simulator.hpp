#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tenon/support/maybe.hpp>
#include <tenon/support/refusal.hpp>
#include <tenon/target/vta/execute.hpp>
#include <tenon/target/vta/flaw.hpp>
#include <tenon/target/vta/ledger.hpp>
#include <tenon/target/vta/memories.hpp>
#include <tenon/target/vta/tokens.hpp>

namespace tenon::vta {

/// How many instructions wait in front of a unit before fetching stops, and how many tokens a queue holds on every machine.
inline constexpr int command_queue_room = 512;
inline constexpr int token_queue_room = 255;

namespace detail {

// A token that was given: what its giver knew at its end, and where that stands.
struct token {
  moment known{};
  std::int64_t giver = -1;
};
// How far a launch has got.
struct launch {
  constexpr ~launch() = default;  // said, or nvcc takes it for none that is constexpr
  std::span<instruction const> all{};
  std::vector<std::int32_t> ranks{};
  std::uint64_t seed = 0;
  per_unit<std::vector<std::size_t>> waiting{};  // what was fetched
  per_unit<std::size_t> next{};  // the first of it not yet carried out
  per_unit<moment> known{};
  std::size_t fetched = 0, done = 0;
};

}  // namespace detail

/// A machine whose units run in any order that the tokens allow. It keeps its SRAMs from launch to launch.
///
///     simulator machine(sizes_of<pynq>);
///     refusal no = machine.run(stream.instructions, dram);   // empty, or what went wrong
class simulator {
 public:
  constexpr explicit simulator(configuration const& sizes, mode how = mode::strict) : sizes_(sizes), mode_(how) {}

  /// Carries out a stream on a DRAM that begins at address 0. A seed other than 0 picks the next unit at random.
  constexpr refusal run(std::span<instruction const> all, std::span<std::uint8_t> dram, std::uint64_t seed = 0) {
    detail::launch now{.all = all, .ranks = ranks_of(all), .seed = seed};
    if (text const no = wrong_before(all); !no.empty()) return {no};
    book_.begin(all);
    executor machine(sizes_, mode_, sram_, book_);
    while (now.done < all.size()) {
      fetch(now);
      maybe<unit> const chosen = choose(now);
      if (!chosen) return {deadlock(now)};
      unit const u = *chosen;
      std::size_t const at = next_of(now, u);
      moment start = now.known[u];
      take_tokens(all[at], start);
      if (mode_ == mode::strict && all[at].op == opcode::finish) {
        if (text const no = unfinished(now, at, start); !no.empty()) return {no};
      }
      book_.enter(static_cast<std::int32_t>(at), start);
      machine.run(all[at], dram);
      if (!book_.fault.empty()) return {book_.fault};
      start[u] += 1;
      now.known[u] = start;
      now.next[u] += 1;
      now.done += 1;
      if (text const no = give_tokens(all[at], at, start); !no.empty()) return {no};
    }
    return {left_over(all)};
  }

  /// What the SRAMs hold.
  constexpr memories const& sram() const { return sram_; }

 private:
  constexpr text wrong_before(std::span<instruction const> all) {
    text no{};
    for (std::size_t at = 0; at < all.size() && mode_ == mode::strict; ++at) {
      if (text const flaw = flaw_of(sizes_, all[at]); !flaw.empty()) {
        return no << "instruction " << spell(at, all[at]) << ": " << flaw;
      }
      if ((all[at].op == opcode::finish) != (at + 1 == all.size())) {
        return no << "instruction " << spell(at, all[at]) << ": a stream ends with its only finish";
      }
      if (at == 0) clear_tokens();
    }
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (text const flaw = undefined_in(sizes_, all[at]); !flaw.empty()) {
        return no << "instruction " << spell(at, all[at]) << ": " << flaw;
      }
    }
    return no;
  }
  constexpr void clear_tokens() {
    for (queue const q : all_queues) tokens_[q].clear();
  }
  constexpr std::vector<detail::token>& tokens(queue q) { return tokens_[q]; }

  static constexpr void fetch(detail::launch& now) {
    for (; now.fetched < now.all.size(); ++now.fetched) {
      unit const u = unit_of(now.all[now.fetched]);
      if (now.waiting[u].size() - now.next[u] >= command_queue_room) return;
      now.waiting[u].push_back(now.fetched);
    }
  }
  constexpr bool has_next(detail::launch const& now, unit u) const { return now.next[u] < now.waiting[u].size(); }
  constexpr std::size_t next_of(detail::launch const& now, unit u) const { return now.waiting[u][now.next[u]]; }
  constexpr bool is_ready(detail::launch const& now, unit u) {
    if (!has_next(now, u)) return false;
    for (queue const q : all_queues) {
      if (takes(now.all[next_of(now, u)], q) && tokens(q).empty()) return false;
    }
    return true;
  }
  constexpr maybe<unit> choose(detail::launch& now) {
    unit ready[units]{};
    int count = 0;
    for (unit const u : all_units) {
      if (is_ready(now, u)) ready[count++] = u;
    }
    if (count == 0) return {};
    if (now.seed != 0) {
      now.seed = now.seed * 6364136223846793005ULL + 1442695040888963407ULL;
      return ready[(now.seed >> 33) % static_cast<std::uint64_t>(count)];
    }
    unit first = ready[0];
    for (int n = 1; n < count; ++n) {
      if (next_of(now, ready[n]) < next_of(now, first)) first = ready[n];
    }
    return first;
  }
  constexpr void take_tokens(instruction const& i, moment& start) {
    for (queue const q : all_queues) {
      if (!takes(i, q)) continue;
      start.join(tokens(q).front().known);
      tokens(q).erase(tokens(q).begin());
    }
  }
  constexpr text give_tokens(instruction const& i, std::size_t at, moment const& end) {
    for (queue const q : all_queues) {
      if (!gives(i, q)) continue;
      tokens(q).push_back({end, static_cast<std::int64_t>(at)});
      if (mode_ == mode::strict && tokens(q).size() > token_queue_room) {
        return text{} << "instruction " << spell(at, i) << ": more than " << token_queue_room
                      << " tokens are under way to " << name_of(taker_of(q)) << "; some machines drop what is beyond";
      }
    }
    return {};
  }
  // Everything has to be known to have ended when FINISH starts.
  static constexpr text unfinished(detail::launch const& now, std::size_t finish, moment const& start) {
    for (std::size_t at = 0; at < finish; ++at) {
      unit const u = unit_of(now.all[at]);
      if (u == unit::compute || now.ranks[at] < start[u]) continue;
      std::size_t last = at;
      for (std::size_t later = at; later < finish; ++later) {
        if (unit_of(now.all[later]) == u) last = later;
      }
      return text{} << "instruction " << spell(finish, now.all[finish]) << " does not wait for "
                    << spell(last, now.all[last]) << "; it has to be the last to execute";
    }
    return {};
  }
  constexpr text deadlock(detail::launch const& now) {
    text no{};
    for (unit const u : all_units) {
      if (!has_next(now, u)) continue;
      std::size_t const at = next_of(now, u);
      for (queue const q : all_queues) {
        if (!takes(now.all[at], q) || !tokens(q).empty()) continue;
        unit const giver = giver_of(q);
        no << "instruction " << spell(at, now.all[at]) << " waits for a token from " << name_of(giver_of(q));
        if (has_next(now, giver)) {
          std::size_t const other = next_of(now, giver);
          return no << ", which itself waits at " << spell(other, now.all[other]) << "; nothing goes on";
        }
        for (std::size_t next = now.fetched; next < now.all.size(); ++next) {
          if (unit_of(now.all[next]) != giver_of(q)) continue;
          return no << ", whose next, " << spell(next, now.all[next]) << ", is not fetched while a queue of "
                    << command_queue_room << " is full";
        }
        if (now.waiting[giver].empty()) return no << ", which has no instruction at all";
        std::size_t const last = now.waiting[giver].back();
        return no << ", which ended with " << spell(last, now.all[last]);
      }
    }
    return no;
  }
  constexpr text left_over(std::span<instruction const> all) {
    for (queue const q : all_queues) {
      if (mode_ != mode::strict || tokens(q).empty()) continue;
      auto const giver = static_cast<std::size_t>(tokens(q).back().giver);
      text no{"instruction "};
      no << spell(giver, all[giver]) << ": " << name_of(taker_of(q)) << " never takes its token";
      for (std::size_t at = all.size(); at-- > 0;) {
        if (takes(all[at], q)) return no << "; the last that it takes is for " << spell(at, all[at]);
      }
      return no << ", and takes none";
    }
    return {};
  }

  configuration sizes_;
  mode mode_;
  memories sram_{};
  ledger book_{};
  per_queue<std::vector<detail::token>> tokens_{};
};

}  // namespace tenon::vta
