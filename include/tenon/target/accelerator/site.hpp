#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/apply.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/instruction.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/lower/plan_memories.hpp>

/// The statements of a program that are instructions, and where the operands of each lie.
namespace tenon::accelerator {

/// The iteration that each loop is in.
struct counters {
  std::int32_t at[decltype(ir::program::axes)::capacity]{};
};

/// The number that an index is, while loops stand where `at` says.
constexpr std::int64_t value_of(ir::program const& p, ir::node_id id, counters const& at) {
  ir::node const& n = p[id];
  switch (n.what) {
    case ir::op::constant: return n.value;
    case ir::op::counter: return at.at[n.x];
    case ir::op::cast: return value_of(p, n.a, at);
    case ir::op::select:
    case ir::op::guarded: return value_of(p, value_of(p, n.a, at) != 0 ? n.b : n.c, at);
    default: break;
  }
  if (ir::is_unary(n.what)) return ir::apply(n.what, p[n.a].type, {.whole = value_of(p, n.a, at)}).whole;
  return ir::apply(n.what, p[n.a].type, {.whole = value_of(p, n.a, at)}, {.whole = value_of(p, n.b, at)}).whole;
}

/// The bytes that an operand touches, seen from its first one: runs of bytes, repeated.
struct shape {
  struct repetition {
    std::int64_t stride = 0;
    std::int64_t count = 1;
  };
  std::int64_t run = 0;
  static_vector<repetition, 14> over{};  // the widest stride first

  constexpr std::int64_t span() const {
    std::int64_t all = run;
    for (repetition const& r : over) all += r.stride * (r.count - 1);
    return all;
  }
};

/// Where an operand of one statement lies.
struct operand {
  ir::buffer_id of{};
  std::int8_t memory = -1;       // its place in the machine's list
  bool is_read = false;
  bool is_written = false;
  std::int16_t element_bytes = 1;
  ir::linear first{};            // its first element, counted in elements from the beginning of the memory
  shape touched{};
  static_vector<std::int64_t, 8> steps{};  // elements that it moves with each turn of the loops around the instruction
};

/// A statement that is an instruction.
struct site {
  ir::node_id at{};
  std::uint16_t instruction = 0;  // its place in the machine's list
  std::int16_t unit = 0;  // likewise
  static_vector<operand, 6> operands{};
  static_vector<std::int64_t, 8> immediates{};
  static_vector<ir::axis_id, 8> around{};  // loops in which it repeats itself, outermost first
  static_vector<std::int64_t, 8> turns{};  // of each of these loops
  ir::node_id inside{};  // where it copies, and puts zeros otherwise; none: everywhere

  /// How often it does its formula.
  constexpr std::int64_t repetitions() const {
    std::int64_t all = 1;
    for (std::int64_t n : turns) all *= n;
    return all;
  }
};

/// All of them, in the order of the program.
using sites = static_vector<site, 24>;

/// The number that a sum is, while loops stand where `at` says.
constexpr std::int64_t value_of(ir::program const& p, ir::linear const& sum, counters const& at) {
  std::int64_t total = sum.constant;
  for (std::size_t t = 0; t < sum.terms.count; ++t) {
    ir::linear::term const& one = sum.terms.items[t];
    ir::node const& atom = p[one.atom];
    total += one.factor * (atom.what == ir::op::counter ? at.at[atom.x] : value_of(p, one.atom, at));
  }
  return total;
}

namespace detail {

/// The loops of a nest: those around the instruction, and its own.
using nest_axes = static_vector<ir::axis_id, 14>;

/// Puts repetitions that follow each other without a gap together.
constexpr shape shape_of(ir::program const& p, ir::access_id id, nest_axes const& axes) {
  std::int64_t const bytes = ir::bytes_of(p[p[id].of].type);
  static_vector<shape::repetition, nest_axes::capacity> all{};
  for (ir::axis_id a : axes) {
    std::int64_t const stride = lower::stride_of(p, id, a) * bytes;
    std::int64_t const count = p[p[a].extent].value;
    if (stride == 0 || count == 1) continue;
    all.push_back({stride, count});
    for (std::size_t n = all.size() - 1; n > 0 && all[n].stride > all[n - 1].stride; --n) {
      shape::repetition const lower_one = all[n - 1];
      all[n - 1] = all[n];
      all[n] = lower_one;
    }
  }
  shape made{.run = bytes};
  while (!all.empty() && all.back().stride == made.run) {
    made.run *= all.back().count;
    all.pop_back();
  }
  made.over = all;
  return made;
}

/// The address as a sum, in elements of the operand's type.
constexpr ir::linear address_of(ir::program const& p, ir::access_id id, std::int64_t begin, nest_axes const& own) {
  ir::access const& a = p[id];
  ir::buffer const& b = p[a.of];
  ir::linear sum{.constant = begin / ir::bytes_of(b.type)};
  std::int64_t step = 1;
  for (int d = a.rank - 1; d >= 0; --d) {
    sum = ir::add(p, sum, ir::linear_of(p, a.at[d]), step);
    step *= p[b.extents[d]].value + b.padding[d];
  }
  // The nest begins with its counters at 0.
  ir::linear first{.constant = sum.constant};
  for (ir::linear::term const& t : sum.terms) {
    bool counts = false;
    for (ir::axis_id mine : own) counts |= p[t.atom].what == ir::op::counter && p[t.atom].axis() == mine;
    if (!counts) first.terms.push_back(t);
  }
  return first;
}

}  // namespace detail

/// The site of a `tensorized` statement; `difference` is not empty if a later step made it into something else.
struct site_found {
  site made{};
  text difference{};
};
constexpr site_found site_of(ir::program const& p, ir::node_id id, lower::machine const& on,
                             lower::memory_plan const& plan) {
  site_found found{.made = {.at = id}};
  int const n = on.find_instruction(p.instructions[p[id].x]);
  if (n < 0) return found;
  lower::instruction const& i = on.instructions.first[n];
  found.made.instruction = static_cast<std::uint16_t>(n);
  for (std::size_t u = 0; u < on.units.count; ++u) {
    if (on.units.first[u].name == i.unit) found.made.unit = static_cast<std::int16_t>(u);
  }
  lower::instruction_match const match = lower::match_instruction(p, p[id].a, i, on);
  found.difference = match.difference;
  if (!match.matched) return found;
  found.made.immediates = match.immediates;
  found.made.around = match.around;
  for (ir::axis_id a : match.around) found.made.turns.push_back(p[p[a].extent].value);
  found.made.inside = match.inside;
  detail::nest_axes axes{};
  for (ir::axis_id a : match.around) axes.push_back(a);
  for (ir::axis_id a : match.axes) axes.push_back(a);
  bool adds = false;
  ir::each_statement(*i.behaviour, i.behaviour->root, [&](ir::node_id s) {
    ir::node const& one = (*i.behaviour)[s];
    adds |= one.what == ir::op::store && one.reduction() != ir::reduction_id::none;
  });
  for (std::size_t o = 0; o < match.operands.size(); ++o) {
    ir::access_id const at = match.operands[o];
    auto const b = static_cast<std::size_t>(p[at].of);
    ir::role const use = i.behaviour->buffers[o + 1].use;
    operand& made =
        found.made.operands.push_back({.of = p[at].of,
                                       .memory = plan.in[b],
                                       .is_read = use != ir::role::output || adds,
                                       .is_written = ir::is_written(use),
                                       .element_bytes = static_cast<std::int16_t>(ir::bytes_of(p.buffers[b].type)),
                                       .first = detail::address_of(p, at, plan.at[b], axes),
                                       .touched = detail::shape_of(p, at, axes)});
    for (ir::axis_id a : match.around) made.steps.push_back(lower::stride_of(p, at, a));
  }
  return found;
}

}  // namespace tenon::accelerator
