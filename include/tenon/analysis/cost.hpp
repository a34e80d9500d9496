#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/interval.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>

namespace tenon::analysis {

/// Caches of a processor, from the smallest on.
inline constexpr int cache_levels = 3;

/// What a program does and needs, in numbers. Conditions count as if they held; run-time extents count as their bounds.
struct cost {
  /// What is read and written of one argument, each element counted once.
  struct argument {
    std::int64_t read = 0;
    std::int64_t written = 0;
    bool operator==(argument const&) const = default;
  };

  bool complete = true;  // no extent was without a bound
  std::int64_t flops = 0;  // arithmetic on elements, whatever their type; a function of mathematics counts as one
  std::int64_t bytes_read = 0;  // of the arguments, each element once
  std::int64_t bytes_written = 0;
  argument arguments[decltype(ir::program::buffers)::capacity]{};  // by buffer_id
  std::int64_t traffic[cache_levels]{};  // bytes that come from behind each cache, about
  int registers = 0;  // vectors that register tiles and their operands take
  std::int64_t stack = 0;  // bytes
  std::int64_t workspace = 0;  // bytes, once for a call
  std::int64_t workspace_per_worker = 0;  // bytes, for each thread

  /// Bytes of all elements that are touched.
  constexpr std::int64_t bytes() const { return bytes_read + bytes_written; }
  /// Operations for each of these bytes.
  constexpr double intensity() const {
    return bytes() == 0 ? 0 : static_cast<double>(flops) / static_cast<double>(bytes());
  }
  constexpr bool operator==(cost const&) const = default;
};

/// The sizes that costs are counted for.
struct machine {
  int vector_bytes = 64;
  std::int64_t caches[cache_levels]{std::int64_t{48} << 10, std::int64_t{1} << 20, std::int64_t{32} << 20};
};

namespace detail {

class cost_counter {
 public:
  constexpr cost_counter(ir::program const& what, machine const& of) : p(what), host(of), known(what), table(what) {}

  constexpr cost run() {
    collect();
    footprints();
    walk(p.root, 1, 0, false);
    by_cache const all = from_behind(p.root);
    for (int level = 0; level < cache_levels; ++level) total.traffic[level] = sum(all.of[level]);
    return total;
  }

 private:
  static constexpr std::size_t most_buffers = decltype(ir::program::buffers)::capacity;
  struct by_buffer {
    std::int64_t bytes[most_buffers]{};
  };
  struct by_cache {
    by_buffer of[cache_levels]{};
  };
  /// How far one dimension of an access reaches while some loops run.
  struct reach {
    int dimension = 0;
    ir::uses axes{};
    std::int64_t by = 0;
    std::int64_t extent = 0;
  };
  struct touch {
    ir::access_id where{};
    ir::node_id by{};  // the store
    bool writes = false;
    ir::uses indices{};
    static_vector<reach, 16> reaches{};
  };

  constexpr std::int64_t most_of(ir::node_id extent) {
    if (p[extent].what == ir::op::constant) return p[extent].value;
    limit const most = known.range_of(extent).greatest;
    total.complete &= most.known;
    return most.known ? most.value : 1;
  }
  constexpr std::int64_t bytes_of(ir::buffer_id b) {
    std::int64_t size = ir::bytes_of(p[b].type);
    for (int d = 0; d < p[b].rank; ++d) size *= most_of(p[b].extents[d]) + p[b].padding[d];
    return size;
  }

  constexpr void collect() {
    if (p.root != ir::node_id::none) number(p.root);
  }
  constexpr void number(ir::node_id id) {
    ir::node const& n = p[id];
    first[static_cast<std::size_t>(id)] = ++numbered;
    if (n.what == ir::op::store) {
      ++stamp;
      touch_at(n.access(), id, true);
      loads(n.a, id);
      loads(n.b, id);
    } else if (n.what == ir::op::when || n.what == ir::op::block) {
      if (n.what == ir::op::block) number(n.a);
      number(n.b);
      if (n.c != ir::node_id::none) number(n.c);
    } else if (n.what != ir::op::prefetch && n.what != ir::op::barrier && n.what != ir::op::wait) {
      if (n.what == ir::op::loop) loops.push_back(id);
      number(n.a);
    }
    last[static_cast<std::size_t>(id)] = numbered;
  }
  constexpr void touch_at(ir::access_id where, ir::node_id by, bool writes) {
    if (touches.full()) {
      total.complete = false;
      return;
    }
    touch made{.where = where, .by = by, .writes = writes, .indices = table.of(where)};
    ir::access const& a = p[where];
    for (int d = 0; d < a.rank; ++d) {
      std::int64_t const extent = most_of(p[a.of].extents[d]);
      made.reaches.push_back({.dimension = d, .extent = extent});
      for (ir::linear::term const& t : ir::linear_of(p, a.at[d]).terms) {
        ir::uses const& made_of = table.of(t.atom);
        if (made_of == ir::uses{} || made.reaches.full()) continue;
        interval const range = known.range_of(ir::linear{.terms = {t}});
        bool const clear = range.least.known && range.greatest.known;
        made.reaches.push_back({d, made_of, clear ? range.greatest.value - range.least.value : extent, extent});
      }
    }
    touches.push_back(made);
  }
  constexpr void loads(ir::node_id id, ir::node_id by) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)] == stamp) return;
    seen[static_cast<std::size_t>(id)] = stamp;
    ir::node const& n = p[id];
    if (n.what == ir::op::load) {
      touch_at(n.access(), by, false);
      ir::access const& a = p[n.access()];
      for (int d = 0; d < a.rank; ++d) loads(a.at[d], by);
      return;
    }
    if (n.what < ir::op::load) return;
    loads(n.a, by);
    loads(n.b, by);
    loads(n.c, by);
  }

  /// Elements of each argument that the program touches: the box around all of its accesses.
  constexpr void footprints() {
    for (std::size_t b = 1; b <= p.arguments; ++b) {
      auto const id = static_cast<ir::buffer_id>(b);
      total.arguments[b].read = box(id, false) * ir::bytes_of(p[id].type);
      total.arguments[b].written = box(id, true) * ir::bytes_of(p[id].type);
      total.bytes_read += total.arguments[b].read;
      total.bytes_written += total.arguments[b].written;
    }
  }
  constexpr std::int64_t box(ir::buffer_id of, bool written) {
    std::int64_t size = 0;
    for (int d = 0; d == 0 || d < p[of].rank; ++d) {
      std::int64_t low = 0;
      std::int64_t end = 0;
      bool any = false;
      for (touch const& t : touches) {
        if (t.writes != written || p[t.where].of != of) continue;
        if (p[of].rank == 0) return 1;
        std::int64_t const extent = most_of(p[of].extents[d]);
        interval const range = known.range_of(p[t.where].at[d]);
        std::int64_t const least = range.least.known && range.least.value > 0 ? range.least.value : 0;
        std::int64_t const behind =
            range.greatest.known && range.greatest.value < extent ? range.greatest.value + 1 : extent;
        low = any && low < least ? low : least;
        end = any && end > behind ? end : behind;
        any = true;
      }
      if (!any) return 0;
      size = (d == 0 ? 1 : size) * (end > low ? end - low : 0);
    }
    return size;
  }

  constexpr void walk(ir::node_id id, std::int64_t times, int registers, bool in_parallel) {
    if (id == ir::node_id::none) return;
    ir::node const& n = p[id];
    switch (n.what) {
      case ir::op::store: {
        ++stamp;
        int operands = 0;
        total.flops += times * operations(n.a, operands);
        if (registers > 0 && registers + operands > total.registers) total.registers = registers + operands;
        return;
      }
      case ir::op::loop: {
        known.enter(n.axis());
        bool const at_once = p[n.axis()].kind == ir::loop_kind::parallel;
        walk(n.a, times * most_of(p[n.axis()].extent), registers, in_parallel || at_once);
        known.leave(n.axis());
        return;
      }
      case ir::op::block: walk(n.a, times, registers, in_parallel); return walk(n.b, times, registers, in_parallel);
      case ir::op::when: walk(n.b, times, registers, in_parallel); return walk(n.c, times, registers, in_parallel);
      case ir::op::allocate: {
        ir::memory const where = p[n.buffer()].where;
        if (where == ir::memory::workspace)
          (in_parallel ? total.workspace_per_worker : total.workspace) += bytes_of(n.buffer());
        if (where == ir::memory::stack) total.stack += bytes_of(n.buffer());
        return walk(n.a, times, registers + (where == ir::memory::registers ? vectors_of(n.buffer()) : 0), in_parallel);
      }
      case ir::op::prefetch:
      case ir::op::barrier:
      case ir::op::wait: return;
      default: return walk(n.a, times, registers, in_parallel);
    }
  }

  /// Arithmetic on elements in a value, each node once; and the vectors that its loads from memory take.
  constexpr std::int64_t operations(ir::node_id id, int& operands) {
    if (id == ir::node_id::none || seen[static_cast<std::size_t>(id)] == stamp) return 0;
    seen[static_cast<std::size_t>(id)] = stamp;
    ir::node const& n = p[id];
    if (n.what == ir::op::load) {
      if (p[p[n.access()].of].where != ir::memory::registers) operands += lanes_of(n.access(), n.type);
      return 0;
    }
    if (n.what < ir::op::load) return 0;
    bool const counts =
        n.type != ir::index_type && ((n.what >= ir::op::add && n.what <= ir::op::max) || n.what == ir::op::math ||
                                     n.what == ir::op::multiply_shift || n.what == ir::op::call);
    bool const takes = n.what == ir::op::guarded || n.what == ir::op::select;
    std::int64_t const inside =
        (takes ? 0 : operations(n.a, operands)) + operations(n.b, operands) + operations(n.c, operands);
    return inside + (counts ? 1 : 0);
  }
  constexpr int vectors(std::int64_t elements, element type) const {
    return static_cast<int>((elements * ir::bytes_of(type) + host.vector_bytes - 1) / host.vector_bytes);
  }
  constexpr int lanes_of(ir::access_id id, element type) {
    ir::uses const indices = table.of(id);
    for (std::size_t a = 1; a < p.axes.size(); ++a) {
      if (p.axes[a].kind == ir::loop_kind::vectorized && indices.has(static_cast<ir::axis_id>(a))) {
        return vectors(most_of(p.axes[a].extent), type);
      }
    }
    return 1;
  }
  /// Vectors of a register tile: those of the vectorized loop that runs over it, times its other elements.
  constexpr int vectors_of(ir::buffer_id b) {
    std::int64_t elements = 1;
    for (int d = 0; d < p[b].rank; ++d) elements *= most_of(p[b].extents[d]);
    for (touch const& t : touches) {
      if (p[t.where].of != b) continue;
      ir::uses const& indices = t.indices;
      for (std::size_t a = 1; a < p.axes.size(); ++a) {
        if (p.axes[a].kind != ir::loop_kind::vectorized || !indices.has(static_cast<ir::axis_id>(a))) continue;
        std::int64_t const lanes = most_of(p.axes[a].extent);
        if (lanes > 0 && elements % lanes == 0) return static_cast<int>(elements / lanes) * vectors(lanes, p[b].type);
      }
    }
    return static_cast<int>(elements);
  }

  /// The bytes of each buffer that come from behind each cache while a statement runs. What fits comes once; a loop that
  /// does not fit fetches again with each turn, but for what does not change and stays while a turn fits.
  constexpr by_cache from_behind(ir::node_id id) {
    ir::node const& n = p[id];
    if (n.what == ir::op::allocate || n.what == ir::op::together || n.what == ir::op::tensorized ||
        n.what == ir::op::ahead)
      return from_behind(n.a);
    by_buffer const here = touched(id);
    std::int64_t const all_here = sum(here);
    by_cache all{};
    if (n.what == ir::op::loop) {
      all = from_behind(n.a);
    } else if (n.what == ir::op::block || (n.what == ir::op::when && n.c != ir::node_id::none)) {
      all = from_behind(n.b);
      by_cache const other = from_behind(n.what == ir::op::when ? n.c : n.a);
      for (int level = 0; level < cache_levels; ++level) {
        for (std::size_t b = 1; b < p.buffers.size(); ++b) all.of[level].bytes[b] += other.of[level].bytes[b];
      }
    } else if (n.what == ir::op::when) {
      all = from_behind(n.b);
    }
    std::int64_t const turns = n.what == ir::op::loop ? most_of(p[n.axis()].extent) : 1;
    ir::uses const moved = n.what == ir::op::loop ? moved_by(id, n.axis()) : ir::uses{};
    bool const is_leaf =
        n.what == ir::op::store || n.what == ir::op::prefetch || n.what == ir::op::barrier || n.what == ir::op::wait;
    for (int level = 0; level < cache_levels; ++level) {
      if (is_leaf || all_here <= host.caches[level]) {
        all.of[level] = here;
        continue;
      }
      bool const turn_fits = sum(all.of[level]) <= host.caches[level];
      for (std::size_t b = 1; b < p.buffers.size(); ++b) {
        if (!turn_fits || moved.has(static_cast<ir::buffer_id>(b))) all.of[level].bytes[b] *= turns;
      }
    }
    return all;
  }
  constexpr std::int64_t sum(by_buffer const& all) const {
    std::int64_t made = 0;
    for (std::size_t b = 1; b < p.buffers.size(); ++b) made += all.bytes[b];
    return made;
  }
  constexpr bool stands_in(touch const& t, ir::node_id root) const {
    std::uint16_t const at = first[static_cast<std::size_t>(t.by)];
    return at >= first[static_cast<std::size_t>(root)] && at <= last[static_cast<std::size_t>(root)];
  }
  /// The buffers whose accesses under a loop depend on it.
  constexpr ir::uses moved_by(ir::node_id loop, ir::axis_id a) const {
    ir::uses made{};
    for (touch const& t : touches) {
      if (stands_in(t, loop) && t.indices.has(a)) made.add(p[t.where].of);
    }
    return made;
  }
  /// Bytes of each buffer that a statement touches: the greatest of its accesses, its own loops run through.
  constexpr by_buffer touched(ir::node_id root) const {
    by_buffer made{};
    ir::uses runs{};
    for (ir::node_id loop : loops) {
      std::uint16_t const at = first[static_cast<std::size_t>(loop)];
      if (at >= first[static_cast<std::size_t>(root)] && at <= last[static_cast<std::size_t>(root)])
        runs.add(p[loop].axis());
    }
    for (touch const& t : touches) {
      ir::access const& a = p[t.where];
      if (!stands_in(t, root) || p[a.of].where == ir::memory::registers) continue;
      std::int64_t bytes = ir::bytes_of(p[a.of].type);
      std::int64_t width = 1;
      for (std::size_t n = 0; n < t.reaches.size(); ++n) {
        reach const& r = t.reaches[n];
        for (std::size_t w = 0; w < ir::uses::words; ++w) {
          if ((r.axes.axes[w] & runs.axes[w]) == 0) continue;
          width += r.by;
          break;
        }
        if (n + 1 < t.reaches.size() && t.reaches[n + 1].dimension == r.dimension) continue;
        bytes *= width < r.extent ? width : r.extent;
        width = 1;
      }
      std::int64_t& most = made.bytes[static_cast<std::size_t>(a.of)];
      most = most < bytes ? bytes : most;
    }
    return made;
  }

  ir::program const& p;
  machine host;
  facts known;
  ir::uses_table table;
  cost total{};
  static_vector<touch, 160> touches{};
  static_vector<ir::node_id, 128> loops{};
  std::uint16_t first[decltype(ir::program::nodes)::capacity]{};  // statements by the order in which they stand
  std::uint16_t last[decltype(ir::program::nodes)::capacity]{};  // the last one inside
  std::uint16_t seen[decltype(ir::program::nodes)::capacity]{};
  std::uint16_t stamp = 0;
  std::uint16_t numbered = 0;
};

}  // namespace detail

/// What the program costs on such a machine.
constexpr cost cost_of(ir::program const& p, machine const& host = {}) { return detail::cost_counter(p, host).run(); }
constexpr cost cost_of(ir::program const& p, int vector_bytes) {
  return cost_of(p, machine{.vector_bytes = vector_bytes});
}

}  // namespace tenon::analysis
