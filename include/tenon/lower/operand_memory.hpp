#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/support/static_vector.hpp>
#include <tenon/support/text.hpp>

/// Whether operands lie where an instruction can take them from.
namespace tenon::lower {

/// The memory in which operand `n` of the instruction lives, or will: what it is in the nest is access `at`.
constexpr space space_of_operand(ir::program const& p, instruction const& i, std::size_t n, ir::access_id at) {
  space const found = space_of(p, p[p[at].of].where);
  bool const is_told = n < i.memories.size() && !i.memories[n].name.empty();
  return found == space::automatic && is_told ? i.memories[n] : found;
}

/// Why the instruction cannot take operand `n` from the memory in which it lives, or nothing.
constexpr text why_out_of_reach(ir::program const& p, instruction const& i, machine const& on, std::size_t n,
                                ir::access_id at) {
  text no{};
  ir::buffer const& here = p[p[at].of];
  space const found = space_of_operand(p, i, n, at);
  if (n < i.memories.size() && !i.memories[n].name.empty() && found != i.memories[n]) {
    return no << "the instruction takes " << i.behaviour->buffers[n + 1].name << " from " << i.memories[n].name
              << "; here that is " << here.name << ", which lives in " << found.name << " and would need a cache in "
              << i.memories[n].name;
  }
  int const place = on.find(found);
  if (place < 0) return no;
  memory const& in = on.memories.first[place];
  for (label const& u : in.reached_by) {
    if (u == i.unit) return no;
  }
  if (in.reached_by.empty()) return no;
  no << "the instruction is done by " << i.unit << ", which does not reach " << found.name << ", where " << here.name
     << " lives; it is reached by";
  char const* separator = " ";
  for (label const& u : in.reached_by) {
    no << separator << u;
    separator = ", ";
  }
  return no;
}

/// The largest number of bytes of which every address of an access is a multiple, counted from where its tensor begins, while the
/// loops over `own` are in their first turn.
constexpr std::int64_t granule_of(ir::program const& p, ir::access_id at, static_vector<ir::axis_id, 6> const& own) {
  ir::access const& a = p[at];
  ir::buffer const& b = p[a.of];
  std::int64_t step = ir::bytes_of(b.type);
  std::int64_t granule = 0;
  for (int d = a.rank - 1; d >= 0; --d) {
    ir::linear const index = ir::linear_of(p, a.at[d]);
    granule = ir::gcd(granule, step * index.constant);
    for (ir::linear::term const& t : index.terms) {
      bool const counts = p[t.atom].what == ir::op::counter;
      bool inside = false;
      for (ir::axis_id one : own) inside |= counts && p[t.atom].axis() == one;
      // A loop that runs once counts 0.
      bool const still = counts && ir::is_constant(p, p[p[t.atom].axis()].extent, 1);
      if (!inside && !still) granule = ir::gcd(granule, step * t.factor);
    }
    step *= ir::constant_or(p, b.extents[d], 0) + b.padding[d];
  }
  return granule;
}

/// Why operand `n` does not begin at a whole block of its memory, or nothing. The loops over `own` are the instruction's.
constexpr text why_inside_a_block(ir::program const& p, instruction const& i, machine const& on, std::size_t n,
                                  ir::access_id at, static_vector<ir::axis_id, 6> const& own) {
  space const found = space_of_operand(p, i, n, at);
  int const place = on.find(found);
  std::int64_t const block = place < 0 ? 1 : on.memories.first[place].block;
  if (block <= 1) return {};
  std::int64_t const apart = granule_of(p, at, own);
  if (apart % block == 0) return {};
  return text{} << "the instruction takes " << i.behaviour->buffers[n + 1].name << " at whole blocks of " << block
                << " bytes of " << found.name << "; here " << p[p[at].of].name << " is taken every " << apart
                << " bytes";
}

}  // namespace tenon::lower
