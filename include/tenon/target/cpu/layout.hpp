#pragma once

#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::cpu {

/// What a buffer of a kernel becomes.
enum class storage : std::uint8_t {
  argument,   // memory of the caller's
  elements,   // a local array of elements
  rows,       // a local array of vectors: each row of the last dimension is cut into vectors
  lanes,      // a local array of vectors: an element for each lane of the vectorized loop around it
  workspace,  // memory of the workspace, one for all or one for each worker
};

/// Bytes up to which a buffer that nobody placed lives on the stack.
inline constexpr std::int64_t largest_on_stack = 16384;
inline constexpr std::int64_t cache_line = 64;

/// Where everything that a kernel touches is: decided once for a program and a width of vectors.
struct layout {
  struct place {
    storage kind = storage::argument;
    bool per_worker = false;
    std::int16_t lanes = 0;       // of storage rows and lanes
    std::int64_t count = 0;       // elements or vectors
    std::int64_t offset = 0;      // bytes into the workspace
    std::int64_t strides[ir::max_rank]{};  // in elements; 0: told at run time
    ir::axis_id inside = ir::axis_id::none;  // of storage lanes: the vectorized loop around it
  };
  static constexpr std::size_t axes = decltype(ir::program::axes)::capacity;
  static constexpr std::size_t buffers = decltype(ir::program::buffers)::capacity;

  std::int16_t lanes[axes]{};  // of each vectorized axis: elements computed at once
  std::int16_t width[axes]{};  // of each vectorized axis: bytes of the widest of these elements
  std::int16_t slot[axes]{};   // of each axis: where its counter is kept
  std::int16_t slots = 0;
  std::uint16_t vector_of[axes]{};  // bit of each vectorized axis in `varies`
  std::uint16_t varies[decltype(ir::program::nodes)::capacity]{};  // the vectorized axes that change a value
  std::uint16_t access_varies[decltype(ir::program::accesses)::capacity]{};  // and those that change an address
  place at[buffers]{};
  std::int64_t shared_bytes = 0;
  std::int64_t worker_bytes = 0;
  bool streams = false;
  bool is_parallel = false;
};

namespace detail {

/// The most an index expression of parameters can be, by their bounds; -1 if one has none.
constexpr std::int64_t most(ir::program const& p, ir::node_id id) {
  ir::node const& n = p[id];
  switch (n.what) {
    case ir::op::constant: return n.value;
    case ir::op::parameter: return p[n.parameter()].bound > 0 ? p[n.parameter()].bound : -1;
    case ir::op::add:
    case ir::op::mul:
    case ir::op::floor_div:
    case ir::op::min:
    case ir::op::max: {
      std::int64_t const a = most(p, n.a);
      std::int64_t const b = most(p, n.b);
      if (n.what == ir::op::min && (a < 0 || b < 0)) return a < 0 ? b : a;
      if (a < 0 || b < 0) return -1;
      if (n.what == ir::op::add) return a + b;
      if (n.what == ir::op::mul) return a * b;
      if (n.what == ir::op::floor_div) return b > 0 ? a / b : -1;
      return (n.what == ir::op::min) == (a < b) ? a : b;
    }
    case ir::op::sub: return most(p, n.a);
    default: return -1;
  }
}

/// Whether an index or a condition is the same for every lane of the loop over `vector`.
constexpr bool is_one_for_all(ir::program const& p, ir::node_id id, ir::axis_id vector) {
  if (p[id].type != ir::index_type && p[id].type != element::boolean) return false;
  bool varies = false;
  ir::each_value(p, id, [&](ir::node_id v) {
    varies |= p[v].what == ir::op::load || (p[v].what == ir::op::counter && p[v].axis() == vector);
  });
  return !varies;
}

/// The bytes of the widest element that a value is computed with in lanes of the loop over `vector`; indices do not count.
constexpr int widest(ir::program const& p, ir::node_id id, ir::axis_id vector) {
  if (id == ir::node_id::none) return 1;
  ir::node const& n = p[id];
  int bytes = ir::bytes_of(n.type);
  if (n.what == ir::op::load || n.what == ir::op::constant) return bytes;
  if (n.what == ir::op::cast && p[n.a].what == ir::op::counter) return bytes;
  for (ir::node_id child : {n.a, n.b, n.c}) {
    if (child == ir::node_id::none || is_one_for_all(p, child, vector)) continue;
    int const below = widest(p, child, vector);
    if (below > bytes) bytes = below;
  }
  return bytes;
}

/// Whether the code for the instruction is our own, on vectors.
constexpr bool is_of_the_cpu(label const& name) { return name == label{"vnni_dot4"} || name == label{"bf16_dot2"}; }

constexpr int power_of_two_from(std::int64_t n) {
  int p = 1;
  while (p < n) p *= 2;
  return p;
}

class layout_maker {
 public:
  constexpr layout_maker(ir::program const& program, int bytes) : p(program), vector_bytes(bytes) {}

  constexpr layout make() {
    arguments();
    find_lanes(p.root, ir::axis_id::none);
    for (std::size_t b = 1; b < p.buffers.size(); ++b) settle(b);
    for (std::size_t n = 1; n < p.nodes.size(); ++n) node_varies(static_cast<ir::node_id>(n));
    place(p.root, 0, 0, false);
    return made;
  }

 private:
  struct use {
    bool seen = false;
    bool in_rows = true;  // every access so far goes by whole vectors
    std::int16_t lanes = 0;
    ir::axis_id inside = ir::axis_id::none;  // the vectorized loop in which the buffer is allocated
  };

  constexpr void arguments() {
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      ir::buffer const& buffer = p.buffers[b];
      std::int64_t stride = 1;
      for (int d = buffer.rank - 1; d >= 0; --d) {
        bool const told = buffer.strided && d + 1 < buffer.rank;
        made.at[b].strides[d] = told ? 0 : stride;
        std::int64_t const extent = ir::constant_or(p, buffer.extents[d], -1);
        stride = extent < 0 || stride == 0 ? 0 : stride * (extent + buffer.padding[d]);
      }
      made.streams |= buffer.streaming;
    }
  }

  /// Slots of counters, lanes of vectorized loops, and how each buffer is used.
  constexpr void find_lanes(ir::node_id root, ir::axis_id vector) {
    while (root != ir::node_id::none) {
      ir::node const& n = p[root];
      switch (n.what) {
        case ir::op::loop: {
          ir::axis const& a = p[n.axis()];
          made.is_parallel |= a.kind == ir::loop_kind::parallel;
          if (a.kind == ir::loop_kind::vectorized) {
            vector = n.axis();
            if (made.lanes[n.x] == 0) count_lanes(n);
          }
          if (made.slot[n.x] == 0) made.slot[n.x] = ++made.slots;
          root = n.a;
          break;
        }
        case ir::op::allocate:
          uses[n.x].inside = vector;
          root = n.a;
          break;
        case ir::op::block:
          find_lanes(n.a, vector);
          root = n.b;
          break;
        case ir::op::when:
          note_value(n.a, vector);
          find_lanes(n.b, vector);
          root = n.c;
          break;
        case ir::op::store:
          note_access(n.access(), vector);
          note_value(n.a, vector);
          note_value(n.b, vector);
          return;
        case ir::op::prefetch: return;
        case ir::op::tensorized:
          // An instruction of the user's gets pointers: what it works on is plain memory.
          in_plain_memory = in_plain_memory || !is_of_the_cpu(p.instructions[n.x]);
          find_lanes(n.a, vector);
          in_plain_memory = false;
          return;
        default: root = n.a;
      }
    }
  }

  constexpr void count_lanes(ir::node const& loop) {
    int bytes = 1;
    ir::each_statement(p, loop.a, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what != ir::op::store) return;
      int const stored = ir::bytes_of(p[p[n.access()].of].type);
      int const value = widest(p, n.a, loop.axis());
      bytes = stored > bytes ? stored : bytes;
      bytes = value > bytes ? value : bytes;
    });
    int lanes = vector_bytes / bytes;
    int const wanted = power_of_two_from(ir::constant_or(p, p[loop.axis()].extent, 1));
    if (lanes < 1) lanes = 1;
    if (wanted < lanes) lanes = wanted;
    made.lanes[loop.x] = static_cast<std::int16_t>(lanes);
    made.width[loop.x] = static_cast<std::int16_t>(bytes);
    made.vector_of[loop.x] = static_cast<std::uint16_t>(1u << (next_bit++ % 16));
  }

  constexpr void note_value(ir::node_id root, ir::axis_id vector) {
    ir::each_value(p, root, [&](ir::node_id id) {
      if (p[id].what == ir::op::load) note_access(p[id].access(), vector);
    });
  }

  /// Whether the access goes by whole vectors of the loop `vector`.
  constexpr bool goes_by_rows(ir::access const& a, ir::axis_id vector) const {
    if (vector == ir::axis_id::none || a.rank == 0) return false;
    std::int64_t const lanes = made.lanes[static_cast<std::size_t>(vector)];
    for (int d = 0; d + 1 < a.rank; ++d) {
      if (ir::depends_on(p, a.at[d], vector)) return false;
    }
    ir::linear const last = ir::linear_of(p, a.at[a.rank - 1]);
    bool found = false;
    for (ir::linear::term const& t : last.terms) {
      if (p[t.atom].what == ir::op::counter && p[t.atom].axis() == vector) {
        if (t.factor != 1) return false;
        found = true;
      } else if (t.factor % lanes != 0 || ir::depends_on(p, t.atom, vector)) {
        return false;
      }
    }
    return found && last.constant % lanes == 0;
  }

  constexpr void note_access(ir::access_id id, ir::axis_id vector) {
    ir::access const& a = p[id];
    use& u = uses[static_cast<std::size_t>(a.of)];
    std::int16_t const lanes =
        vector == ir::axis_id::none ? std::int16_t{0} : made.lanes[static_cast<std::size_t>(vector)];
    if (!u.seen) u.lanes = lanes;
    u.seen = true;
    u.in_rows = u.in_rows && !in_plain_memory && lanes > 0 && u.lanes == lanes && goes_by_rows(a, vector);
  }

  constexpr void settle(std::size_t b) {
    ir::buffer const& buffer = p.buffers[b];
    layout::place& at = made.at[b];
    if (buffer.where == ir::memory::argument) {
      at.kind = storage::argument;
      return;
    }
    std::int64_t count = 1;
    for (int d = 0; d < buffer.rank; ++d) {
      std::int64_t const extent = most(p, buffer.extents[d]);
      count = extent < 0 || count < 0 ? -1 : count * (extent + buffer.padding[d]);
    }
    use const& u = uses[b];
    bool const on_stack =
        count >= 0 &&
        (buffer.where == ir::memory::registers || buffer.where == ir::memory::stack ||
         (buffer.where == ir::memory::automatic && count * ir::bytes_of(buffer.type) <= largest_on_stack));
    at.count = count;
    if (u.inside != ir::axis_id::none) {
      at.kind = storage::lanes;
      at.inside = u.inside;
      at.lanes = made.lanes[static_cast<std::size_t>(u.inside)];
    } else if (on_stack && u.seen && u.in_rows && u.lanes > 0 && buffer.type != element::boolean) {
      at.kind = storage::rows;
      at.lanes = u.lanes;
      std::int64_t stride = 1;
      for (int d = buffer.rank - 1; d >= 0; --d) {
        at.strides[d] = stride;
        std::int64_t extent = ir::constant_or(p, buffer.extents[d], most(p, buffer.extents[d]));
        if (d == buffer.rank - 1) extent = (extent + u.lanes - 1) / u.lanes * u.lanes;
        stride *= extent;
      }
      at.count = stride / u.lanes;
    } else {
      at.kind = on_stack ? storage::elements : storage::workspace;
    }
  }

  constexpr std::uint16_t node_varies(ir::node_id id) {
    if (id == ir::node_id::none) return 0;
    std::size_t const at = static_cast<std::size_t>(id);
    if (known[at]) return made.varies[at];
    known[at] = true;
    ir::node const& n = p[id];
    std::uint16_t bits = 0;
    if (ir::is_statement(n.what)) {
      return 0;
    } else if (n.what == ir::op::counter) {
      bits = made.vector_of[n.x];
    } else if (n.what == ir::op::load) {
      bits = access_varies(n.access());
      layout::place const& from = made.at[static_cast<std::size_t>(p[n.access()].of)];
      if (from.kind == storage::lanes) {
        bits = static_cast<std::uint16_t>(
            bits | made.vector_of[static_cast<std::size_t>(uses[static_cast<std::size_t>(p[n.access()].of)].inside)]);
      }
    } else {
      bits = static_cast<std::uint16_t>(node_varies(n.a) | node_varies(n.b) | node_varies(n.c));
    }
    return made.varies[at] = bits;
  }

  constexpr std::uint16_t access_varies(ir::access_id id) {
    ir::access const& a = p[id];
    std::uint16_t bits = 0;
    for (int d = 0; d < a.rank; ++d) bits = static_cast<std::uint16_t>(bits | node_varies(a.at[d]));
    return made.access_varies[static_cast<std::size_t>(id)] = bits;
  }

  /// Offsets in the workspace: buffers whose lifetimes nest follow each other, others share.
  constexpr void place(ir::node_id root, std::int64_t shared, std::int64_t worker, bool in_parallel) {
    while (root != ir::node_id::none) {
      ir::node const& n = p[root];
      if (n.what == ir::op::store || n.what == ir::op::prefetch) {
        if (n.what == ir::op::store) access_varies(n.access());
        return;
      }
      if (n.what == ir::op::allocate && made.at[n.x].kind == storage::workspace) {
        layout::place& at = made.at[n.x];
        std::int64_t const bytes =
            (at.count * ir::bytes_of(p[n.buffer()].type) + cache_line - 1) / cache_line * cache_line + cache_line;
        at.per_worker = in_parallel;
        std::int64_t& top = in_parallel ? worker : shared;
        at.offset = top;
        top += bytes;
        std::int64_t& most_used = in_parallel ? made.worker_bytes : made.shared_bytes;
        if (top > most_used) most_used = top;
      }
      if (n.what == ir::op::loop && p[n.axis()].kind == ir::loop_kind::parallel) in_parallel = true;
      if (n.what == ir::op::block || n.what == ir::op::when) {
        place(n.what == ir::op::block ? n.a : n.b, shared, worker, in_parallel);
        root = n.what == ir::op::block ? n.b : n.c;
      } else {
        root = n.a;
      }
    }
  }

  ir::program const& p;
  int vector_bytes;
  int next_bit = 0;
  bool in_plain_memory = false;
  layout made{};
  use uses[layout::buffers]{};
  bool known[decltype(ir::program::nodes)::capacity]{};
};

}  // namespace detail

/// Decides where everything is, for vectors of so many bytes.
constexpr layout layout_of(ir::program const& p, int vector_bytes) {
  return detail::layout_maker{p, vector_bytes}.make();
}

}  // namespace tenon::cpu
