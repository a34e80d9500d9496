#pragma once

#include <cstddef>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/stage.hpp>

/// How a stage reads the one before it.
namespace tenon::lower {

/// The temporary that the stage `made` reads and that is finished last, or none.
constexpr ir::buffer_id latest_read(ir::program const& p, stage const& made) {
  bool read[decltype(p.buffers)::capacity]{};
  ir::each_statement(p, made.nest, [&](ir::node_id statement) {
    ir::each_value_of(p, statement, [&](ir::node_id id) {
      if (p[id].what == ir::op::load) read[static_cast<std::size_t>(p[p[id].access()].of)] = true;
    });
  });
  ir::buffer_id latest = ir::buffer_id::none;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::store) return;
    ir::buffer_id const written = p[p[id].access()].of;
    if (read[static_cast<std::size_t>(written)]) latest = written;
  });
  return latest;
}

/// Which dimension of `tensor` each axis of `own` indexes, if all loads of it in the stage agree and each names all axes once.
struct matched_axes {
  ir::axis_id of_dimension[ir::max_rank]{};
  bool matched = false;
};
constexpr matched_axes match_axes(ir::program const& p, stage const& made, ir::buffer_id tensor, bool all_of_them,
                                  plain_axes const& own) {
  matched_axes result{};
  bool same = true;
  bool first = true;
  ir::each_statement(p, made.nest, [&](ir::node_id statement) {
    ir::each_value_of(p, statement, [&](ir::node_id id) {
      if (p[id].what != ir::op::load || p[p[id].access()].of != tensor) return;
      ir::access const& from = p[p[id].access()];
      for (int d = 0; d < from.rank; ++d) {
        ir::node const& index = p[from.at[d]];
        ir::axis_id const axis = index.what == ir::op::counter ? index.axis() : ir::axis_id::none;
        bool known = false;
        for (ir::axis_id a : own.axes) known |= a == axis;
        for (int before = 0; before < d; ++before) known &= result.of_dimension[before] != axis;
        same &= known && (first || result.of_dimension[d] == axis);
        result.of_dimension[d] = axis;
      }
      first = false;
    });
  });
  result.matched = same && !first && (!all_of_them || own.axes.size() == p[tensor].rank);
  return result;
}

}  // namespace tenon::lower
