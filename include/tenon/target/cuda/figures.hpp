#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/cuda/fragment.hpp>
#include <tenon/target/cuda/instructions.hpp>
#include <tenon/target/cuda/layout.hpp>
#include <tenon/target/cuda/tile_loops.hpp>

namespace tenon::cuda {

/// What a kernel needs, and what one of its threads does, in numbers. Conditions count as if they held.
struct figures {
  /// Instructions that move so many bytes each.
  struct moves {
    std::int64_t of_16 = 0;
    std::int64_t of_8 = 0;
    std::int64_t of_4 = 0;  // or less
    constexpr std::int64_t count() const { return of_16 + of_8 + of_4; }
    constexpr bool operator==(moves const&) const = default;
  };

  grid threads{};
  int registers = 0;  // of a thread, at most, about
  std::int64_t shared_bytes = 0;
  std::int64_t barriers = 0;  // as often as a thread comes to one
  std::int64_t warp_instructions = 0;  // that a thread does together with its warp
  std::int64_t matrix_loads = 0;       // of operands of these, by all lanes of a warp
  moves loads{};              // from the GPU's memory
  moves stores{};
  moves shared_loads{};
  moves shared_stores{};
  moves copies{};  // that go on by themselves
  std::int64_t flops = 0;  // of all threads

  constexpr bool operator==(figures const&) const = default;
};

namespace detail {

class figure_counter {
 public:
  constexpr figure_counter(ir::program const& what, layout const& at, lower::machine const& machine)
      : p(what), where(at), on(machine) {}

  constexpr figures run() {
    made.threads = where.threads;
    made.shared_bytes = where.shared_bytes;
    visit(p.root, 1, 0, ir::axis_id::none);
    // Addresses, counters and what a compiler keeps ready take about as many again as one step reads, and a handful.
    std::int64_t const needed = most_words + 2 * most_operands + 40;
    made.registers = needed < 255 ? static_cast<int>(needed) : 255;
    return made;
  }

 private:
  constexpr void visit(ir::node_id id, std::int64_t times, std::int64_t words, ir::axis_id vector) {
    if (id == ir::node_id::none) return;
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::loop: {
        ir::axis const& a = p[n.axis()];
        bool const at_once = place_of(a.kind) >= 0;
        if (a.kind == ir::loop_kind::vectorized) vector = n.axis();
        bool const counted = !at_once && vector != n.axis();
        if (where.any_together && a.kind == ir::loop_kind::unrolled && tiles.instruction == ir::node_id::none) {
          tiles = tile_loops_at(p, id, on);
        }
        bool const written_out = a.kind == ir::loop_kind::unrolled && !a.reduces;
        if (written_out) unrolled.push_back(n.axis());
        visit(n.a, times * (counted ? ir::constant_or(p, a.extent, 1) : 1), words, vector);
        if (written_out) unrolled.pop_back();
        return;
      }
      case ir::op::block: visit(n.a, times, words, vector); return visit(n.b, times, words, vector);
      case ir::op::when: visit(n.b, times, words, vector); return visit(n.c, times, words, vector);
      case ir::op::allocate: {
        layout::place const& at = where.at[n.x];
        if (at.kind == storage::thread) words += (at.held * ir::bytes_of(p[n.buffer()].type) + 3) / 4;
        if (words > most_words) most_words = words;
        return visit(n.a, times, words, vector);
      }
      case ir::op::store: {
        if (where.copies_ahead[static_cast<std::size_t>(id)]) return copy(n, times, vector);
        std::int64_t operands = 0;
        ir::each_value(p, n.a, [&](ir::node_id v) {
          if (p[v].what == ir::op::load) operands += move(p[v].access(), times, vector, false);
        });
        move(n.access(), times, vector, true);
        if (operands > most_operands) most_operands = operands;
        return;
      }
      case ir::op::tensorized: return together(n, times);
      case ir::op::barrier: made.barriers += times; return;
      case ir::op::prefetch:
      case ir::op::wait: return;
      default: return visit(n.a, times, words, vector);
    }
  }

  /// How often the loops that are written out around an instruction need the same part of an operand, which is fetched once.
  constexpr std::int64_t repeated(std::size_t operand) const {
    return tiles.instruction == ir::node_id::none ? 1 : tiles.turns / tiles.parts[operand - 1];
  }

  /// Counts an instruction of a warp, and what a lane loads for it.
  constexpr void together(ir::node const& n, std::int64_t times) {
    made.warp_instructions += times;
    lower::instruction const& done = on.instructions.first[on.find_instruction(p.instructions[n.x])];
    lower::instruction_match const match = lower::match_instruction(p, n.a, done, on);
    std::int64_t words = 0;
    for (std::size_t operand = 1; operand < match.operands.size(); ++operand) {
      ir::access_id const id = match.operands[operand];
      std::int64_t const registers = registers_of(p, done, id, operand);
      words += registers * kept(id);
      storage const kind = where.at[static_cast<std::size_t>(p[id].of)].kind;
      if (kind == storage::thread) continue;
      std::int64_t const fetched = times / repeated(operand);
      fetch const how = fetch_of(p, where, done, match, operand);
      if (how == fetch::rows || how == fetch::columns) {
        made.matrix_loads += fetched;
        continue;
      }
      figures::moves& to = kind == storage::shared ? made.shared_loads : made.loads;
      to.of_4 += fetched * (how == fetch::words ? registers : done.held[operand]);
    }
    if (words > most_operands) most_operands = words;
    tiles = {};
  }

  /// How many parts of an operand a compiler keeps: one for each turn of the loops that are written out around it.
  constexpr std::int64_t kept(ir::access_id id) const {
    std::int64_t parts = 1;
    for (ir::axis_id a : unrolled) {
      bool depends = false;
      for (int d = 0; d < p[id].rank; ++d) depends |= ir::depends_on(p, p[id].at[d], a);
      if (depends) parts *= ir::constant_or(p, p[a].extent, 1);
    }
    return parts;
  }

  /// Counts a copy that goes on by itself.
  constexpr void copy(ir::node const& store, std::int64_t times, ir::axis_id vector) {
    ir::node const& v = p[store.a];
    ir::access_id const from = p[v.what == ir::op::guarded ? v.b : store.a].access();
    std::int64_t const size = ir::bytes_of(p[p[from].of].type);
    std::int64_t const count = vector == ir::axis_id::none ? 1 : ir::constant_or(p, p[vector].extent, 1);
    std::int64_t bytes = size;
    if (vector != ir::axis_id::none) {
      std::int64_t const read = bytes_at_once(p, where, from, vector);
      std::int64_t const written = bytes_at_once(p, where, store.access(), vector);
      bytes = read < written ? read : written;
    }
    std::int64_t& of = bytes == 16 ? made.copies.of_16 : bytes == 8 ? made.copies.of_8 : made.copies.of_4;
    of += times * (count * size / bytes);
  }

  /// Counts one access; how many registers it takes.
  constexpr std::int64_t move(ir::access_id id, std::int64_t times, ir::axis_id vector, bool writes) {
    layout::place const& at = where.at[static_cast<std::size_t>(p[id].of)];
    std::int64_t const size = ir::bytes_of(p[p[id].of].type);
    bool const lanes = vector != ir::axis_id::none && (where.access_varies[static_cast<std::size_t>(id)] &
                                                       where.vector_of[static_cast<std::size_t>(vector)]) != 0;
    std::int64_t const count = lanes ? ir::constant_or(p, p[vector].extent, 1) : 1;
    if (at.kind == storage::thread) return 0;
    std::int64_t const bytes = lanes ? bytes_at_once(p, where, id, vector) : size;
    figures::moves& to = at.kind == storage::shared ? (writes ? made.shared_stores : made.shared_loads)
                                                    : (writes ? made.stores : made.loads);
    std::int64_t& of = bytes == 16 ? to.of_16 : bytes == 8 ? to.of_8 : to.of_4;
    of += times * (count * size / bytes);
    return (count * size + 3) / 4;
  }

  ir::program const& p;
  layout const& where;
  lower::machine const& on;
  figures made{};
  std::int64_t most_words = 0;
  std::int64_t most_operands = 0;
  static_vector<ir::axis_id, 64> unrolled{};  // around what is visited
  tile_loops tiles{};  // around the instruction that is visited
};

}  // namespace detail

/// Counts what a kernel needs on the machine for which it was lowered.
constexpr figures figures_of(ir::program const& p, layout const& where, lower::machine const& on = gpu) {
  return detail::figure_counter(p, where, on).run();
}

}  // namespace tenon::cuda
