#pragma once

#include <tenon/ir/program.hpp>
#include <tenon/ir/element.hpp>
#include <tenon/support/text.hpp>

namespace tenon::lower {

/// The value in a few words: loads as their types, `float(bfloat16) * float(bfloat16)`.
constexpr void write_formula(ir::program const& p, ir::node_id id, ir::buffer_id sum, text& to) {
  ir::node const& n = p[id];
  auto const between = [&](char const* before, char const* middle, char const* after) {
    to << before;
    write_formula(p, n.a, sum, to);
    if (n.b != ir::node_id::none) {
      to << middle;
      write_formula(p, n.b, sum, to);
    }
    to << after;
  };
  switch (n.what) {
    case ir::op::constant:
      if (ir::is_float(n.type)) {
        to << n.type;
      } else {
        to << n.value;
      }
      return;
    case ir::op::load:
      if (p[n.access()].of == sum) {
        to << "sum";
      } else {
        to << n.type;
      }
      return;
    case ir::op::add: return between("", " + ", "");
    case ir::op::sub: return between("", " - ", "");
    case ir::op::mul: return between("", " * ", "");
    case ir::op::shift_left: return between("", " << ", "");
    case ir::op::shift_right: return between("", " >> ", "");
    case ir::op::min: return between("min(", ", ", ")");
    case ir::op::max: return between("max(", ", ", ")");
    case ir::op::parameter: to << "a number"; return;
    case ir::op::cast:
      if (p[n.a].what == ir::op::parameter) return write_formula(p, n.a, sum, to);
      to << n.type;
      return between("(", "", ")");
    default: to << "...";
  }
}

}  // namespace tenon::lower
