#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/formula_in_words.hpp>
#include <tenon/lower/instruction.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/operand_memory.hpp>
#include <tenon/support/text_view.hpp>

/// Where a program does what an instruction does.
namespace tenon::lower {

namespace detail {

/// One instruction held against one nest.
class instruction_matcher {
 public:
  constexpr instruction_matcher(ir::program const& program, instruction const& what, machine const& on)
      : p(program), q(*what.behaviour), wanted(what), target(on) {}

  constexpr instruction_match match(ir::node_id nest) {
    find_formula();
    find_nest(nest);
    if (result.difference.empty() && !formula_matches(true)) describe();
    if (result.difference.empty()) {
      // Which factor is which operand may be told by how they lie alone.
      bool const lie_right = formula_matches(false);
      if (!lie_right) formula_matches(true);
      find_operands();
      // How a tensor lies says nothing as long as it lies elsewhere.
      for (std::size_t n = 0; n < result.operands.size() && result.difference.empty(); ++n)
        result.difference = why_out_of_reach(p, wanted, target, n, result.operands[n]);
      if (result.difference.empty() && !lie_right) result.difference = apart;
    }
    for (std::size_t n = 0; n < result.operands.size() && result.difference.empty(); ++n)
      result.difference = why_inside_a_block(p, wanted, target, n, result.operands[n], result.axes);
    if (result.difference.empty()) find_immediates();
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
    std::size_t depth = 0;
    for (ir::node_id id = nest; p[id].what == ir::op::loop; id = p[id].a) ++depth;
    ir::node_id body = nest;
    for (; depth > loops.size() && result.around.size() < static_cast<std::size_t>(wanted.loops_around); --depth) {
      if (!ir::is_constant(p, p[p[body].axis()].extent)) {
        differs() << "repeats itself as often as a number says; " << p[p[body].axis()].name
                  << " runs as often as the kernel is told";
        return;
      }
      result.around.push_back(p[body].axis());
      body = p[body].a;
    }
    for (; p[body].what == ir::op::loop; body = p[body].a) {
      ir::axis const& here = p[p[body].axis()];
      std::size_t const at = result.axes.size();
      if (at == loops.size()) {
        differs() << "has no loop in the place of " << here.name << "; name a loop further in";
        return;
      }
      ir::axis const& there = q[loops[at]];
      if (!runs_alike(here, there)) return;
      if (!bound_alike(here, there, at)) return;
      turns[at] = ir::constant_or(p, here.extent, 0);
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
      differs()
          << "has no condition; here the store has one, left by a tail; a cache of each factor would hold zeros there";
    }
    store = body;
    value = p[body].a;
    bool const is_padded = wanted.pads && result.difference.empty() &&
                           (p[value].what == ir::op::guarded || p[value].what == ir::op::select) &&
                           ir::is_constant(p, p[value].c) && p[p[value].c].value == 0;
    if (!is_padded) return;
    result.inside = p[value].a;
    value = p[value].b;
  }

  /// Whether a loop of the nest runs as often as the instruction's, or as often as it can be told to.
  constexpr bool runs_alike(ir::axis const& here, ir::axis const& there) {
    std::int64_t const found = ir::constant_or(p, here.extent, 0);
    ir::node const& told = q[there.extent];
    if (told.what == ir::op::parameter) {
      ir::parameter const& range = q[told.parameter()];
      bool const fits = found > 0 && found % range.divisor == 0 && (range.bound == 0 || found <= range.bound);
      std::int64_t const value = start.numbers[told.x];
      if (fits && start.tell(told.x, found)) return true;
      differs() << "takes " << there.name;
      if (fits) result.difference << " as often as another loop, " << value << " times; ";
      else if (range.divisor > 1)
        result.difference << " in turns of " << range.divisor << ", up to " << range.bound << "; ";
      else result.difference << " up to " << range.bound << " times; ";
    } else {
      std::int64_t const wants = ir::constant_or(q, there.extent, 0);
      if (found == wants) return true;
      differs() << "takes " << wants << " turns of " << there.name << "; ";
    }
    result.difference << here.name;
    if (ir::is_constant(p, here.extent)) {
      result.difference << " runs " << found << " times";
    } else {
      result.difference << " runs as often as the kernel is told";
    }
    return false;
  }

  /// Whether the threads that do the instruction together are the turns of its outermost loops, and of no other.
  constexpr bool bound_alike(ir::axis const& here, ir::axis const& there, std::size_t depth) {
    if (wanted.lanes.empty()) return true;
    constexpr text_view names[]{"thread_x", "thread_y", "thread_z"};
    constexpr int first = static_cast<int>(ir::loop_kind::thread_x);
    if (depth < wanted.lanes.size()) {
      if (here.kind == wanted.lanes[depth]) return true;
      text_view const place = names[static_cast<int>(wanted.lanes[depth]) - first];
      differs() << "is done by threads together, those of " << there.name << " along " << place << "; say bind("
                << here.name << ", " << place << ") before";
      return false;
    }
    int const place = static_cast<int>(here.kind) - first;
    if (place < 0 || place > 2) return true;
    differs() << "does all turns of " << there.name << " in each thread; here " << here.name << " is bound to "
              << names[place];
    return false;
  }

  constexpr bool same_access(ir::access_id a, ir::access_id b) const {
    if (a == b) return true;
    if (p[a].of != p[b].of) return false;
    for (int d = 0; d < p[a].rank; ++d) {
      if (!ir::same_value(p, p[a].at[d], p[b].at[d])) return false;
    }
    return true;
  }

  /// How far an operand moves with each turn of a loop of the instruction's. Rows that may lie anywhere lie as they are found
  /// for the first time.
  constexpr std::int64_t expected_stride(ir::access_id id, ir::axis_id along, std::int64_t found) {
    ir::access const& a = q[id];
    ir::buffer const& b = q[a.of];
    std::int64_t total = 0;
    std::int64_t step = 1;
    for (int d = a.rank - 1; d >= 0; --d) {
      std::int64_t const factor = ir::factor_of(q, ir::linear_of(q, a.at[d]), along);
      if (b.strided && d + 1 < a.rank) {
        std::int64_t& row = operands.rows[static_cast<std::size_t>(a.of)][d];
        if (factor != 0 && row == 0 && (found - total) % factor == 0) row = (found - total) / factor;
        step = row;
      }
      total += factor * step;
      ir::node const& extent = q[b.extents[d]];
      step *= extent.what == ir::op::parameter ? operands.numbers[extent.x] : extent.value;
    }
    return total;
  }

  /// Whether the element is another one in each turn of those loops, and only of those, of which it is the instruction's.
  constexpr bool depends_alike(ir::access_id there, ir::access_id here) {
    bool const is_output = q[q[there].of].use == ir::role::output;
    for (std::size_t n = 0; n < loops.size() && !only_formula; ++n) {
      bool const expected = depends_on(q, there, loops[n]);
      bool const found = depends_on(p, here, result.axes[n]);
      if (expected ? found || !is_output : !found) continue;
      if (!apart.empty()) return false;
      apart << "the instruction takes " << (expected ? "another" : "the same") << " element of " << q[q[there].of].name
            << " in each turn of " << q[loops[n]].name << "; here " << p[p[here].of].name << " has "
            << (found ? "another" : "the same") << " one in each of " << p[result.axes[n]].name;
      return false;
    }
    return true;
  }
  static constexpr bool depends_on(ir::program const& in, ir::access_id id, ir::axis_id along) {
    bool depends = false;
    for (int d = 0; d < in[id].rank; ++d) depends |= ir::depends_on(in, in[id].at[d], along);
    return depends;
  }

  constexpr bool operand(ir::access_id there, ir::access_id here) {
    ir::buffer_id const of = q[there].of;
    ir::access_id& bound = operands[static_cast<std::size_t>(of)];
    if (bound != ir::access_id::none) return same_access(bound, here);
    ir::access_id const in_memory = q[of].use == ir::role::temporary ? written : there;
    if (!wanted.lanes.empty()) {
      if (!depends_alike(in_memory, here)) return false;
      bound = here;
      return true;
    }
    for (std::size_t n = 0; n < loops.size() && !only_formula; ++n) {
      if (turns[n] == 1) continue;
      std::int64_t const found = stride_of(p, here, result.axes[n]);
      std::int64_t const expected = expected_stride(in_memory, loops[n], found);
      if (found == expected) continue;
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
    ir::node const& source = b.what == ir::op::cast ? q[b.a] : b;
    if (source.what == ir::op::parameter) {
      // A number of the instruction's: whatever number stands here.
      return a.what == ir::op::constant && a.type == b.type && operands.tell(source.x, a.value);
    }
    if (a.what != b.what || a.type != b.type || a.value != b.value) return false;
    if (a.what == ir::op::load) return operand(b.access(), a.access());
    if (a.what == ir::op::counter) {
      for (std::size_t n = 0; n < loops.size(); ++n) {
        if (loops[n] == b.axis()) return result.axes[n] == a.axis();
      }
      return false;
    }
    if (a.x != b.x) return false;
    bool const either_way =
        a.what == ir::op::add || a.what == ir::op::mul || a.what == ir::op::min || a.what == ir::op::max;
    if (!either_way) return same(a.a, b.a) && same(a.b, b.b) && same(a.c, b.c);
    auto const before = operands;
    if (same(a.a, b.a) && same(a.b, b.b)) return true;
    operands = before;
    return same(a.a, b.b) && same(a.b, b.a);
  }

  constexpr bool formula_matches(bool without_strides) {
    only_formula = without_strides;
    operands = start;
    return operand(q[update].access(), p[store].access()) &&
           p[p[p[store].access()].of].type == q[q[update_target()].of].type && same(value, q[update].a);
  }
  constexpr ir::access_id update_target() const { return q[update].access(); }

  constexpr void describe() {
    differs() << "computes ";
    write_formula(q, q[update].a, q[q[update].access()].of, result.difference);
    result.difference << "; this nest computes ";
    write_formula(p, value, p[p[store].access()].of, result.difference);
    if (changes_a_temporary()) {
      result.difference << "; in_place(" << p[p[p[store].access()].of].name
                        << ") makes one operation after another of it";
    }
  }
  /// Whether what is stored is made of one temporary, by an operation and more.
  constexpr bool changes_a_temporary() const {
    ir::buffer_id const to = p[p[store].access()].of;
    ir::node_id inside = value;
    while (p[inside].what == ir::op::cast) inside = p[inside].a;
    int loads = 0;
    ir::each_value(p, inside, [&](ir::node_id v) {
      bool const is_load = v != inside && p[v].what == ir::op::load;
      loads += is_load && p[p[p[v].access()].of].use == ir::role::temporary && p[p[v].access()].of != to;
    });
    bool const is_more = inside != value || p[p[inside].a].what != ir::op::load;
    return loads == 1 && is_more && p[store].reduction() == ir::reduction_id::none;
  }

  constexpr void find_operands() {
    for (std::size_t n = 1; n <= q.arguments; ++n) {
      ir::buffer_id const of = static_cast<ir::buffer_id>(n);
      bool const output = q[of].use == ir::role::output;
      ir::access_id const bound = output ? p[store].access() : operands[n];
      result.operands.push_back(bound);
    }
  }

  constexpr void find_immediates() {
    for (std::size_t n = 1; n < q.parameters.size(); ++n) result.immediates.push_back(operands.numbers[n]);
    for (std::size_t n = 1; n <= q.arguments; ++n) {
      for (int d = 0; q.buffers[n].strided && d + 1 < q.buffers[n].rank; ++d)
        result.immediates.push_back(operands.rows[n][d]);
    }
    static_vector<label, 10> const names = immediates_of(q);
    for (std::size_t n = 0; n < names.size(); ++n) {
      for (limit const& l : wanted.limits) {
        std::int64_t const found = result.immediates[n];
        if (l.of != names[n] || (found >= l.least && found <= l.most) || !result.difference.empty()) continue;
        differs() << "takes " << names[n] << " from " << l.least << " to " << l.most << "; here it is " << found;
      }
    }
  }

  ir::program const& p;
  ir::program const& q;
  instruction const& wanted;
  machine const& target;
  instruction_match result{};
  std::int64_t turns[6]{};  // of each loop
  static_vector<ir::axis_id, 6> loops{};
  ir::node_id update = ir::node_id::none;
  ir::access_id written = ir::access_id::none;
  ir::node_id store = ir::node_id::none;
  ir::node_id value = ir::node_id::none;  // that is stored
  struct bindings {
    ir::access_id of[8]{};
    std::int64_t rows[8][ir::max_rank]{};  // of operands whose rows may lie anywhere: how far apart they are here
    std::int64_t numbers[decltype(ir::program::parameters)::capacity]{};  // that are written into the instruction
    bool told[decltype(ir::program::parameters)::capacity]{};

    constexpr ir::access_id& operator[](std::size_t n) { return of[n]; }
    /// Takes the number, or says that it was another one before.
    constexpr bool tell(std::size_t n, std::int64_t number) {
      if (told[n]) return numbers[n] == number;
      told[n] = true;
      numbers[n] = number;
      return true;
    }
  };
  bindings start{};  // what the loops alone say
  bindings operands{};
  bool only_formula = false;
  text apart{};
};

}  // namespace detail

/// Whether the loops at `nest`, and nothing else, are what the instruction does; and with which operands.
constexpr instruction_match match_instruction(ir::program const& p, ir::node_id nest, instruction const& i,
                                              machine const& on = {}) {
  return detail::instruction_matcher{p, i, on}.match(nest);
}

}  // namespace tenon::lower
