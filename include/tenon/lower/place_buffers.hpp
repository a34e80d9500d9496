#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/element.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/rewrite.hpp>

namespace tenon::lower {

/// The refusal of a step that says something about memory of the caller's.
constexpr ir::program refuse_argument(ir::program p, step const& s) {
  return ir::refuse(p, text{} << s << ": " << s.tensor << " is an argument, and its memory is the caller's; cache("
                              << s.tensor << ", ...) makes a copy of ours");
}

/// Says in which memory a temporary lives.
constexpr ir::program place_buffer(ir::program p, step const& s, machine const& on = {}) {
  ir::buffer_id const b = find_buffer(p, s.tensor);
  if (b == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  if (p[b].use != ir::role::temporary) return refuse_argument(p, s);
  if (text const why = refuse_memory(s, on); !why.empty()) return ir::refuse(p, why);
  ir::memory const where = memory_of(p, {s.word});
  // One name may stand for several buffers: the accumulators of copies of a loop.
  for (ir::buffer& other : p.buffers) {
    if (other.name == s.tensor.name && other.use == ir::role::temporary) other.where = where;
  }
  return p;
}

/// More bytes than a machine has; a buffer of more is refused.
inline constexpr std::int64_t most_bytes = std::int64_t{1} << 50;

/// Bytes of a buffer with its padding, one more than there can be if they are too many; -1 if they are known only at run time.
constexpr std::int64_t bytes_of(ir::program const& p, ir::buffer const& b) {
  std::int64_t total = ir::bytes_of(b.type);
  for (int d = 0; d < b.rank; ++d) {
    if (!ir::is_constant(p, b.extents[d])) return -1;
    std::int64_t const length = p[b.extents[d]].value + b.padding[d];
    if (length > 0 && total > most_bytes / length) return most_bytes + 1;
    total *= length;
  }
  return total;
}

namespace detail {

/// What registers hold at most: 64 vectors of 64 bytes.
inline constexpr std::int64_t most_in_registers = 64 * 64;
inline constexpr std::int64_t most_on_stack = 16 * 1024;

/// Whether the index is known when code is made: it counts unrolled loops and, in the last dimension, vectors.
constexpr bool known_in_code(ir::program const& p, ir::node_id index, bool last) {
  bool known = true;
  ir::each_value(p, index, [&](ir::node_id id) {
    ir::node const& n = p[id];
    known &= n.what != ir::op::load && n.what != ir::op::parameter;
    if (n.what != ir::op::counter || ir::is_constant(p, p[n.axis()].extent, 1)) return;
    ir::loop_kind const kind = p[n.axis()].kind;
    known &= kind == ir::loop_kind::unrolled || (kind == ir::loop_kind::vectorized && last);
  });
  return known;
}

}  // namespace detail

/// Gives every buffer whose memory nobody named one: registers if it is small and every index is known when code is made,
/// the stack up to 16 KiB, where the machine has these, and else the workspace.
constexpr ir::program place_buffers(ir::program p, machine const& on = {}) {
  bool addressed[decltype(ir::program::buffers)::capacity]{};  // by an index that is known only when the kernel runs
  auto const look = [&](ir::access_id id) {
    ir::access const& a = p[id];
    for (int d = 0; d < a.rank; ++d) {
      if (!detail::known_in_code(p, a.at[d], d + 1 == a.rank)) addressed[static_cast<std::size_t>(a.of)] = true;
    }
  };
  value_walk walk(p, [&](ir::node_id id) {
    if (p[id].what == ir::op::load) look(p[id].access());
  });
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    walk.statement(id);
    if (p[id].what == ir::op::store || p[id].what == ir::op::prefetch) look(p[id].access());
  });
  for (std::size_t n = 1; n < p.buffers.size(); ++n) {
    ir::buffer& b = p.buffers[n];
    if (b.use != ir::role::temporary || b.where != ir::memory::automatic) continue;
    std::int64_t const bytes = bytes_of(p, b);
    if (bytes > most_bytes) {
      return ir::refuse(p, text{} << b.name << ": the steps make it larger than 2^50 bytes; take smaller factors");
    }
    bool const small = bytes >= 0 && bytes <= detail::most_on_stack;
    bool const known = small && !addressed[n] && bytes <= detail::most_in_registers && on.has(space::registers);
    b.where = known ? ir::memory::registers : small && on.has(space::stack) ? ir::memory::stack : ir::memory::workspace;
  }
  return p;
}

}  // namespace tenon::lower
