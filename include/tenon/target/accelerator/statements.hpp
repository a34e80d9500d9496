#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/plan_memories.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/support/refusal.hpp>
#include <tenon/target/accelerator/site.hpp>

namespace tenon::accelerator {

/// What a program's statements come to: its sites, and how many instructions stand under each statement.
struct statements {
  static constexpr std::size_t nodes = decltype(ir::program::nodes)::capacity;

  sites all{};
  std::int8_t site_at[nodes]{};   // of a `tensorized` statement: its place in `all`
  std::int32_t size_at[nodes]{};  // instructions under a statement; -1 if that depends on the iteration
  refusal refused{};
};

namespace detail {

class statement_finder {
 public:
  constexpr statement_finder(ir::program const& program, lower::machine const& target, lower::memory_plan const& where,
                             schedule const& steps)
      : p(program), on(target), memories(where), plan(steps) {}

  constexpr statements run() {
    for (std::size_t m = 0; m < on.memories.count; ++m) {
      if (memories.used[m] <= std::numeric_limits<std::int32_t>::max()) continue;
      say(text{} << "this operator: its tensors take " << memories.used[m] << " bytes of "
                 << on.memories.first[m].where.name << ", more than an instruction names; take smaller tensors");
    }
    visit(p.root);
    return found;
  }

 private:
  constexpr void say(text const& sentence) {
    if (!found.refused) found.refused.sentence = sentence;
  }

  /// Goes through a statement; how many instructions it is.
  constexpr std::int32_t visit(ir::node_id id) {
    if (id == ir::node_id::none || found.refused) return 0;
    std::int32_t const size = count(id, p[id]);
    found.size_at[static_cast<std::size_t>(id)] = size;
    return size;
  }

  constexpr std::int32_t count(ir::node_id id, ir::node const& n) {
    switch (n.what) {
      case ir::op::block: {
        std::int32_t const first = visit(n.a);
        std::int32_t const then = visit(n.b);
        return first < 0 || then < 0 ? -1 : first + then;
      }
      case ir::op::loop: {
        ir::axis const& a = p[n.axis()];
        if (a.kind >= ir::loop_kind::block_x && a.kind <= ir::loop_kind::thread_z) {
          say(text{} << "bind(" << a.name << ", ...): " << on.name
                     << " has no blocks and threads of a grid; its units run at the same time on their own");
        } else if (!ir::is_constant(p, a.extent)) {
          say(text{} << a.name << ": how often it runs is known only when a kernel is called, and the instructions are "
                     << "made before that; give it a number");
        }
        if (found.refused) return 0;
        std::int32_t const each = visit(n.a);
        return each < 0 ? -1 : static_cast<std::int32_t>(each * p[a.extent].value);
      }
      case ir::op::allocate: return visit(n.a);
      case ir::op::when: {
        bool loads = false;
        ir::each_value(p, n.a, [&](ir::node_id v) { loads |= p[v].what == ir::op::load; });
        if (loads) {
          say(text{} << "this operator: whether a statement runs depends on data; " << on.name
                     << " is given its instructions before there are any");
        }
        visit(n.b);
        visit(n.c);
        return -1;
      }
      case ir::op::tensorized: return add_site(id);
      default: return refuse(n);
    }
  }

  constexpr std::int32_t add_site(ir::node_id id) {
    if (found.all.full()) {
      say(text{} << "this operator: it has more than " << found.all.capacity
                 << " statements that are instructions; compute it in several operators");
      return 0;
    }
    site_found const one = site_of(p, id, on, memories);
    if (!one.difference.empty()) say(line_of(id) << ": " << one.difference);
    found.site_at[static_cast<std::size_t>(id)] = static_cast<std::int8_t>(found.all.size());
    found.all.push_back(one.made);
    return 1;
  }

  /// The user's line that left the statement to an instruction.
  constexpr text line_of(ir::node_id id) const {
    label const& name = p.instructions[p[id].x];
    ir::node const& nest = p[p[id].a];
    text line{};
    for (step const& s : plan.steps) {
      if (s.what != action::tensorize || s.word != name) continue;
      bool const exact = nest.what == ir::op::loop && s.loops[0].loop == p[nest.axis()].name &&
                         (s.loops[0].stage.empty() || s.loops[0].stage == p[p[nest.axis()].stage].name);
      if (line.empty() || exact) line = text{} << s;
    }
    return line.empty() ? line << "tensorize(..., " << name << ")" : line;
  }

  constexpr std::int32_t refuse(ir::node const& n) {
    text sentence{};
    if (n.what == ir::op::together) {
      sentence << "a reduction of several values";
    } else {
      ir::spell(sentence, p, n.access());
      sentence << (n.what == ir::op::prefetch ? " is prefetched" : " = ...");
    }
    sentence << ": no instruction does this, and " << on.name
             << " does nothing else; name its loops in tensorize(..., ...)"
             << ", with one of";
    char const* separator = " ";
    for (lower::instruction const& i : on.instructions) {
      sentence << separator << i.name;
      separator = ", ";
    }
    say(sentence);
    return 0;
  }

  ir::program const& p;
  lower::machine const& on;
  lower::memory_plan const& memories;
  schedule const& plan;
  statements found{};
};

}  // namespace detail

/// The instructions that the statements of a lowered program are; refused where a statement is none.
constexpr statements find_statements(ir::program const& p, lower::machine const& on, lower::memory_plan const& where,
                                     schedule const& plan) {
  if (p.refused) return {};
  return detail::statement_finder{p, on, where, plan}.run();
}

}  // namespace tenon::accelerator
