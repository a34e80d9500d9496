#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

/// Instructions of a machine, described as operators are, and where a program does what one of them does.
namespace tenon::lower {

/// An instruction of a machine. `behaviour` is a staged program of one stage; its arguments are the operands. If the stage is a
/// reduction, the instruction adds to what its output holds already: it is the reduction's update.
struct instruction {
  label name{};
  ir::program const* behaviour = nullptr;
  int cycles = 1;
  static_vector<ir::memory, 6> memories{};  // where each operand has to live; automatic, or nothing: anywhere
};

/// The instructions that a kernel may use.
struct instruction_set {
  instruction const* first = nullptr;
  std::size_t count = 0;

  constexpr instruction const* begin() const { return first; }
  constexpr instruction const* end() const { return first + count; }
};

/// How a nest corresponds to an instruction.
struct instruction_match {
  bool matched = false;
  /// What each operand is in the nest, in the order of the instruction's arguments. The address of the operand is the
  /// access with the counters of the nest's loops at 0.
  static_vector<ir::access_id, 6> operands{};
  static_vector<ir::axis_id, 6> axes{};  // the loops of the nest, outermost first
  text difference{};  // if not matched
};

/// How far the access moves through memory, in elements, with each turn of a loop; or -1 if that is not a number.
constexpr std::int64_t stride_of(ir::program const& p, ir::access_id id, ir::axis_id along) {
  ir::access const& a = p[id];
  ir::buffer const& b = p[a.of];
  std::int64_t total = 0;
  std::int64_t step = 1;  // of the dimension; 0 if it is told at run time
  for (int d = a.rank - 1; d >= 0; --d) {
    ir::linear const index = ir::linear_of(p, a.at[d]);
    for (ir::linear::term const& t : index.terms) {
      if (p[t.atom].what != ir::op::counter && ir::depends_on(p, t.atom, along)) return -1;
    }
    std::int64_t const factor = ir::factor_of(p, index, along);
    if (factor != 0 && step == 0) return -1;
    total += factor * step;
    ir::node const& extent = p[b.extents[d]];
    step = extent.what == ir::op::constant && !b.strided ? step * (extent.value + b.padding[d]) : 0;
  }
  return total;
}

namespace detail {

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
    case ir::op::min: return between("min(", ", ", ")");
    case ir::op::max: return between("max(", ", ", ")");
    case ir::op::cast: to << n.type; return between("(", "", ")");
    default: to << "...";
  }
}

/// One instruction held against one nest.
class instruction_matcher {
 public:
  constexpr instruction_matcher(ir::program const& program, instruction const& what)
      : p(program), q(*what.behaviour), memories(what.memories) {}

  constexpr instruction_match match(ir::node_id nest) {
    find_formula();
    find_nest(nest);
    if (result.difference.empty() && !formula_matches(true)) describe();
    if (result.difference.empty() && !formula_matches(false)) result.difference = apart;
    if (result.difference.empty()) find_operands();
    result.matched = result.difference.empty();
    return result;
  }

 private:
  constexpr text& differs() { return result.difference << "the instruction "; }

  /// The instruction's loops, its store, and which of its accesses is what it writes.
  constexpr void find_formula() {
    ir::node_id last = ir::node_id::none;
    ir::each_statement(q, q.root, [&](ir::node_id id) {
      if (q[id].what != ir::op::store) return;
      if (q[id].reduction() != ir::reduction_id::none) update = id;
      last = id;
    });
    written = q[last].access();
    if (update == ir::node_id::none) update = last;
    for (ir::node_id up = ir::parent_of(q, update); up != ir::node_id::none; up = ir::parent_of(q, up)) {
      if (q[up].what == ir::op::loop) loops.push_back(q[up].axis());
    }
    for (std::size_t n = 0; n < loops.size() / 2; ++n) {
      ir::axis_id const other = loops[n];
      loops[n] = loops[loops.size() - 1 - n];
      loops[loops.size() - 1 - n] = other;
    }
  }

  constexpr void find_nest(ir::node_id nest) {
    ir::node_id body = nest;
    for (; p[body].what == ir::op::loop; body = p[body].a) {
      ir::axis const& here = p[p[body].axis()];
      std::size_t const depth = result.axes.size();
      if (depth == loops.size()) {
        differs() << "has no loop in the place of " << here.name << "; name a loop further in";
        return;
      }
      ir::axis const& there = q[loops[depth]];
      std::int64_t const turns = ir::constant_or(q, there.extent, 0);
      if (ir::constant_or(p, here.extent, 0) != turns) {
        differs() << "takes " << turns << " turns of " << there.name << "; " << here.name;
        if (ir::is_constant(p, here.extent)) {
          result.difference << " runs " << p[here.extent].value << " times";
        } else {
          result.difference << " runs as often as the kernel is told";
        }
        return;
      }
      result.axes.push_back(p[body].axis());
    }
    if (result.axes.size() < loops.size()) {
      differs() << "has a loop " << q[loops[result.axes.size()]].name << " more than this nest";
    } else if (p[body].what != ir::op::store) {
      differs() << "stores one value; this nest does more";
    } else if ((p[body].reduction() == ir::reduction_id::none) != (q[update].reduction() == ir::reduction_id::none)) {
      differs() << (p[body].reduction() == ir::reduction_id::none ? "adds to what is there; this nest does not"
                                                                  : "adds to nothing; this nest does");
    } else if (p[body].b != ir::node_id::none) {
      differs() << "has no condition; here the store has one, left by a tail";
    }
    store = body;
  }

  constexpr bool same_access(ir::access_id a, ir::access_id b) const {
    if (a == b) return true;
    if (p[a].of != p[b].of) return false;
    for (int d = 0; d < p[a].rank; ++d) {
      if (!ir::same_value(p, p[a].at[d], p[b].at[d])) return false;
    }
    return true;
  }

  constexpr bool operand(ir::access_id there, ir::access_id here) {
    ir::buffer_id const of = q[there].of;
    ir::access_id& bound = operands[static_cast<std::size_t>(of)];
    if (bound != ir::access_id::none) return same_access(bound, here);
    ir::access_id const in_memory = q[of].use == ir::role::temporary ? written : there;
    for (std::size_t n = 0; n < loops.size(); ++n) {
      std::int64_t const expected = stride_of(q, in_memory, loops[n]);
      std::int64_t const found = stride_of(p, here, result.axes[n]);
      if (found == expected || only_formula) continue;
      if (!apart.empty()) return false;
      apart << "the instruction takes " << q[q[in_memory].of].name << " " << expected
            << " elements further with each turn of " << q[loops[n]].name << "; here " << p[p[here].of].name
            << " goes ";
      if (found < 0) {
        apart << "by what is not known";
      } else {
        apart << "by " << found;
      }
      return false;
    }
    bound = here;
    return true;
  }

  constexpr bool same(ir::node_id here, ir::node_id there) {
    if (here == ir::node_id::none || there == ir::node_id::none) return here == there;
    ir::node const& a = p[here];
    ir::node const& b = q[there];
    if (a.what != b.what || a.type != b.type || a.value != b.value) return false;
    if (a.what == ir::op::load) return operand(b.access(), a.access());
    if (a.what == ir::op::counter) {
      for (std::size_t n = 0; n < loops.size(); ++n) {
        if (loops[n] == b.axis()) return result.axes[n] == a.axis();
      }
      return false;
    }
    if (a.x != b.x) return false;
    auto const before = operands;
    if (same(a.a, b.a) && same(a.b, b.b) && same(a.c, b.c)) return true;
    bool const either_way =
        a.what == ir::op::add || a.what == ir::op::mul || a.what == ir::op::min || a.what == ir::op::max;
    if (!either_way) return false;
    operands = before;
    return same(a.a, b.b) && same(a.b, b.a);
  }

  constexpr bool formula_matches(bool without_strides) {
    only_formula = without_strides;
    operands = {};
    return operand(q[update].access(), p[store].access()) &&
           p[p[p[store].access()].of].type == q[q[update_target()].of].type && same(p[store].a, q[update].a);
  }
  constexpr ir::access_id update_target() const { return q[update].access(); }

  constexpr void describe() {
    differs() << "computes ";
    write_formula(q, q[update].a, q[q[update].access()].of, result.difference);
    result.difference << "; this nest computes ";
    write_formula(p, p[store].a, p[p[store].access()].of, result.difference);
  }

  constexpr void find_operands() {
    for (std::size_t n = 1; n <= q.arguments; ++n) {
      ir::buffer_id const of = static_cast<ir::buffer_id>(n);
      bool const output = q[of].use == ir::role::output;
      ir::access_id const bound = output ? p[store].access() : operands[n];
      ir::memory const needed = n - 1 < memories.size() ? memories[n - 1] : ir::memory::automatic;
      ir::memory const found = p[p[bound].of].where;
      if (needed != ir::memory::automatic && found != ir::memory::automatic && found != needed) {
        differs() << "takes " << q[of].name << " from another memory than the one in which " << p[p[bound].of].name
                  << " lives";
      }
      result.operands.push_back(bound);
    }
  }

  ir::program const& p;
  ir::program const& q;
  static_vector<ir::memory, 6> const& memories;
  instruction_match result{};
  static_vector<ir::axis_id, 6> loops{};
  ir::node_id update = ir::node_id::none;
  ir::access_id written = ir::access_id::none;
  ir::node_id store = ir::node_id::none;
  struct bindings {
    ir::access_id of[8]{};
    constexpr ir::access_id& operator[](std::size_t n) { return of[n]; }
  };
  bindings operands{};
  bool only_formula = false;
  text apart{};
};

}  // namespace detail

/// Whether the loops at `nest`, and nothing else, are what the instruction does; and with which operands.
constexpr instruction_match match_instruction(ir::program const& p, ir::node_id nest, instruction const& i) {
  return detail::instruction_matcher{p, i}.match(nest);
}

}  // namespace tenon::lower
