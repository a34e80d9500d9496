#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tenon/support/text.hpp>
#include <tenon/target/vta/simulator.hpp>
#include <tenon/target/vta/stream.hpp>
#include <tenon/target/vta/tokens.hpp>

namespace tenon::vta {

/// What moving data into or out of one memory costs, in cycles.
struct transfer_cost {
  int each = 0;             // an instruction, even one that moves nothing
  int row = 0;              // a row, besides the latency
  int bytes_per_cycle = 1;
  bool pads = false;        // padding elements cost a cycle each
};

/// What a machine's work costs, in cycles. The numbers are those of the Pynq design, as measured on its Verilog.
struct timing {
  int read_latency = 32;   // from the request of a row to its first bytes
  int write_latency = 16;  // from the last bytes of a row to the answer
  int token = 2;           // from the end of the giver to where the taker sees it
  int fetch = 3;           // an instruction
  int start = 60;          // a launch
  int gemm_each = 19, alu_each = 19, gemm_step = 1, alu_step = 2, finish = 13;
  transfer_cost uop{.each = 13, .row = 4, .bytes_per_cycle = 4};
  transfer_cost wgt{.each = 5, .row = 14, .bytes_per_cycle = 4};
  transfer_cost inp{.each = 9, .row = 18, .bytes_per_cycle = 8, .pads = true};
  transfer_cost acc{.each = 11, .row = 18, .bytes_per_cycle = 8, .pads = true};
  transfer_cost out{.each = 3, .row = 13, .bytes_per_cycle = 8};

  constexpr transfer_cost const& of(std::int64_t which) const {
    switch (which) {
      case memory::uop: return uop;
      case memory::wgt: return wgt;
      case memory::inp: return inp;
      case memory::out: return out;
      default: return acc;
    }
  }
};

/// How many steps the loops of a GEMM or ALU take.
constexpr std::int64_t steps_of(instruction const& i) {
  return i.is_loop() ? (i.uop_end - i.uop_begin) * i.iter_out * i.iter_in : 0;
}

/// How long an instruction keeps its unit busy.
constexpr std::int64_t cycles_of(timing const& t, configuration const& c, instruction const& i) {
  if (i.op == opcode::finish) return t.finish;
  if (i.op == opcode::alu) return t.alu_each + t.alu_step * steps_of(i);
  if (i.op == opcode::gemm) return steps_of(i) == 0 ? t.uop.each : t.gemm_each + t.gemm_step * steps_of(i);
  transfer_cost const& m = t.of(i.memory_type);
  if (i.is_no_op()) return m.each;
  std::int64_t const latency = i.op == opcode::store ? t.write_latency : t.read_latency;
  std::int64_t const data = (i.x_size * c.bytes(i.memory_type) + m.bytes_per_cycle - 1) / m.bytes_per_cycle;
  std::int64_t const in_row = m.pads ? i.x_pad_0 + i.x_pad_1 : 0;
  std::int64_t const above_and_below = m.pads ? (i.y_pad_0 + i.y_pad_1) * i.columns() : 0;
  return m.each + above_and_below + i.y_size * (m.row + latency + in_row + data);
}

/// When each instruction of a stream runs.
struct run_times {
  struct interval {
    std::int64_t begin = 0, end = 0;
  };
  std::vector<interval> instructions{};
  std::int64_t total = 0;        // the end of the last one
  std::int64_t busy[units]{};    // of each unit
  std::int64_t multiplying = 0;  // cycles in which the matrix unit adds a block of products
  text fault{};                  // why it never ends, or empty

  /// Which part of the time a unit is busy, in thousandths.
  constexpr std::int64_t busy_permille(unit u) const {
    return total == 0 ? 0 : busy[static_cast<int>(u)] * 1000 / total;
  }
  /// Which part of the time the matrix unit works, in thousandths.
  constexpr std::int64_t utilisation_permille() const { return total == 0 ? 0 : multiplying * 1000 / total; }
};

/// When each instruction runs: three units in order, tokens a little after the end of who gives them, instructions fetched one after
/// another into queues. The bus is not shared.
constexpr run_times times_of(std::span<instruction const> all, configuration const& c, timing const& t = {}) {
  run_times made{};
  per_unit<std::vector<std::size_t>> queued{};
  per_queue<std::vector<std::int64_t>> given{};
  std::vector<std::int64_t> fetched{};
  per_unit<std::size_t> next{};
  per_queue<std::size_t> taken{};
  per_unit<std::int64_t> free{};
  std::int64_t fetch_clock = t.start;
  std::size_t done = 0;
  for (std::size_t at = 0; at < all.size(); ++at) made.instructions.push_back({});
  for (bool moves = true; moves;) {
    moves = false;
    while (fetched.size() < all.size()) {
      instruction const& i = all[fetched.size()];
      unit const u = unit_of(i);
      std::size_t const waiting = queued[u].size() - next[u];
      if (waiting >= command_queue_room) break;
      if (queued[u].size() >= command_queue_room) {
        std::int64_t const room = made.instructions[queued[u][queued[u].size() - command_queue_room]].begin;
        if (room > fetch_clock) fetch_clock = room;
      }
      fetch_clock += t.fetch;
      queued[u].push_back(fetched.size());
      fetched.push_back(fetch_clock);
      moves = true;
    }
    for (unit const u : all_units) {
      for (; next[u] < queued[u].size(); ++next[u], ++done, moves = true) {
        std::size_t const at = queued[u][next[u]];
        std::int64_t begin = free[u] > fetched[at] ? free[u] : fetched[at];
        bool is_ready = true;
        for (queue const q : all_queues) {
          if (!takes(all[at], q)) continue;
          is_ready = is_ready && taken[q] < given[q].size();
          if (is_ready && given[q][taken[q]] + t.token > begin) begin = given[q][taken[q]] + t.token;
        }
        if (!is_ready) break;
        std::int64_t const end = begin + cycles_of(t, c, all[at]);
        for (queue const q : all_queues) {
          if (takes(all[at], q)) taken[q] += 1;
          if (gives(all[at], q)) given[q].push_back(end);
        }
        made.instructions[at] = {begin, end};
        made.busy[static_cast<int>(u)] += end - begin;
        if (all[at].op == opcode::gemm && all[at].reset == 0) made.multiplying += steps_of(all[at]) * t.gemm_step;
        if (end > made.total) made.total = end;
        free[u] = end;
      }
    }
  }
  if (done != all.size())
    made.fault << "the stream stops: " << all.size() - done << " instructions wait for tokens for ever";
  return made;
}

/// When each instruction of a stream runs.
constexpr run_times times_of(stream const& s, timing const& t = {}) { return times_of(s.instructions, s.sizes, t); }

}  // namespace tenon::vta
