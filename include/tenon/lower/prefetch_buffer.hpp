#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/clone.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/lower/find_loops.hpp>
#include <tenon/lower/rewrite.hpp>

namespace tenon::lower {

namespace detail {

/// Whether two places are so near in one row that one cache line has both.
constexpr bool near(ir::program const& p, ir::access const& a, ir::access const& b) {
  for (int d = 0; d < a.rank; ++d) {
    ir::linear const apart = ir::add(p, ir::linear_of(p, a.at[d]), ir::linear_of(p, b.at[d]), -1);
    if (!apart.terms.empty()) return false;
    std::int64_t const reach = d + 1 < a.rank ? 1 : 64 / ir::bytes_of(p[a.of].type);
    if (apart.constant <= -reach || apart.constant >= reach) return false;
  }
  return true;
}

/// How often a loop that stands written out in the code runs, and what one step of it is when lines are asked for instead of
/// elements: lanes of a vector lie side by side.
struct written_out {
  std::int64_t turns = 0;  // 0: it does not stand written out
  std::int64_t step = 1;
};
constexpr written_out lines_of(ir::program const& p, ir::axis_id a, int bytes) {
  std::int64_t const turns = ir::constant_or(p, p[a].extent, 0);
  if (p[a].kind == ir::loop_kind::unrolled) return {.turns = turns};
  if (p[a].kind != ir::loop_kind::vectorized) return {};
  std::int64_t const step = 64 / bytes;
  return {.turns = (turns + step - 1) / step, .step = step};
}

}  // namespace detail

/// Each turn of a loop asks for what a later turn reads of a tensor: first, in loops that count; all, where unrolled and
/// vectorized loops are written out.
///
///     for i                     for i
///       for j                     unrolled for l
///         unrolled for l     =>     prefetch x[i + distance, 0, l]
///           ... x[i, j, l] ...    for j ...
///
/// Needs: a loop inside which the tensor is read, at places that loops tell; the steps that unroll before this one.
/// Keeps: every value; a prefetch beyond the end does nothing.
constexpr ir::program prefetch_buffer(ir::program p, step const& s) {
  ir::buffer_id const of = find_buffer(p, s.tensor);
  if (of == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  if (p[of].accumulates) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " is an accumulator and near already; leave this step out");
  }
  named_loops const at = find_loops(p, s, s.loops[0]);
  if (at.refused) return ir::refuse(p, at.refused.sentence);
  bool any = false;
  for (ir::node_id loop : at.loops) {
    ir::substitution later{};
    ir::node_id const turn = ir::add_counter(p, p[loop].axis());
    later.counter(p[loop].axis(), ir::add_index(p, ir::op::add, turn, s.numbers[0]));
    bool lives_inside = false;
    ir::node_id const zero = ir::add_index(p, 0);
    bool known[decltype(ir::program::axes)::capacity]{};
    static_vector<ir::axis_id, 24> lines{};
    ir::each_statement(p, p[loop].a, [&](ir::node_id id) {
      lives_inside |= p[id].what == ir::op::allocate && p[id].buffer() == of;
      if (p[id].what != ir::op::loop || known[p[id].x] || later.pairs.full()) return;
      known[p[id].x] = true;
      detail::written_out const out = detail::lines_of(p, p[id].axis(), ir::bytes_of(p[of].type));
      if (out.turns < 2) return later.counter(p[id].axis(), zero);
      ir::axis_id const line = p.add(ir::axis{.name = p[of].name.part("ahead"),
                                              .stage = p[p[id].axis()].stage,
                                              .extent = ir::add_index(p, out.turns),
                                              .kind = ir::loop_kind::unrolled});
      lines.push_back(line);
      later.counter(p[id].axis(), ir::add_index(p, ir::op::mul, ir::add_counter(p, line), out.step));
    });
    static_vector<ir::access_id, 32> read{};
    bool gathered = false;
    value_walk(p, [&](ir::node_id id) {
      if (p[id].what != ir::op::load || p[p[id].access()].of != of || read.full()) return;
      read.push_back(p[id].access());
      ir::access const& a = p[p[id].access()];
      for (int d = 0; d < a.rank; ++d) {
        ir::each_value(p, a.at[d], [&](ir::node_id v) { gathered |= p[v].what == ir::op::load; });
      }
    }).statements(p[loop].a);
    if (read.empty()) continue;
    any = true;
    if (lives_inside || gathered) {
      return ir::refuse(p, text{} << s << ": where " << s.tensor << " is read " << s.numbers[0]
                                  << " turns later is not known yet; "
                                  << "prefetch a tensor whose place loops tell");
    }
    static_vector<ir::access_id, 32> asked{};
    ir::node_id all = ir::node_id::none;
    for (ir::access_id id : read) {
      ir::access_id const there = ir::clone_access(p, id, later);
      bool twice = false;
      for (ir::access_id other : asked) twice |= detail::near(p, p[there], p[other]);
      if (twice) continue;
      asked.push_back(there);
      ir::node_id one = p.add(ir::node{.what = ir::op::prefetch, .x = static_cast<std::uint16_t>(there)});
      for (ir::axis_id line : lines) {
        bool counts = false;
        for (int d = 0; d < p[there].rank; ++d) counts |= ir::depends_on(p, p[there].at[d], line);
        if (counts) one = ir::add_loop(p, line, one);
      }
      all = ir::add_block(p, all, one);
    }
    ir::node_id const body = ir::add_block(p, all, p[loop].a);
    p[loop].a = body;
  }
  if (!any) {
    return ir::refuse(p, text{} << s << ": nothing inside " << s.loops[0] << " reads " << s.tensor
                                << "; name a loop around its use");
  }
  return p;
}

}  // namespace tenon::lower
