#pragma once

#include <cstddef>
#include <string_view>

#include <tenon/analysis/bounds.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/analysis/races.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/compiled/why_no_operator.hpp>
#include <tenon/target/cpu/isa.hpp>
#include <tenon/target/cpu/plan.hpp>

namespace tenon::cpu {

namespace detail {

/// Loops that are bound to what only a GPU has.
constexpr text bound_loop(ir::program const& p) {
  constexpr std::string_view names[]{"block_x", "block_y", "block_z", "thread_x", "thread_y", "thread_z"};
  text why{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (!why.empty() || p[id].what != ir::op::loop) return;
    ir::axis const& a = p[p[id].axis()];
    if (a.stages > 0) {
      why << "pipeline(" << a.name << ", " << a.stages
          << "): a CPU has no copies that go on by themselves; leave it out, or prefetch what a later turn reads";
      return;
    }
    int const place = static_cast<int>(a.kind) - static_cast<int>(ir::loop_kind::block_x);
    if (place >= 0 && place < 6) {
      why << "bind(" << a.name << ", " << names[place] << "): a CPU has no blocks and threads of a grid; say parallel("
          << a.name << ") or vectorize(" << a.name << ")";
    }
  });
  return why;
}

/// The program stores 4-bit integers, and no code of ours takes them apart.
constexpr text half_bytes(ir::program const& p) {
  for (std::size_t b = 1; b < p.buffers.size(); ++b) {
    ir::buffer const& of = p.buffers[b];
    if (ir::bits_of(of.type) != 4) continue;
    return text{} << of.name << ": kernels for a CPU do not compute with " << of.type << "; store its numbers as "
                  << (of.type == element::i4 ? "int8" : "uint8");
  }
  return {};
}

/// A number that a call does not tell: no extent of an argument is made of it.
constexpr text untold_number(ir::program const& p) {
  for (std::size_t n = 1; n < p.parameters.size(); ++n) {
    bool told = false;
    for (std::size_t b = 1; b <= p.arguments; ++b) {
      for (int d = 0; d < p.buffers[b].rank; ++d) {
        ir::each_value(p, p.buffers[b].extents[d], [&](ir::node_id v) {
          told |= p[v].what == ir::op::parameter && static_cast<std::size_t>(p[v].parameter()) == n;
        });
      }
    }
    if (told) continue;
    return text{} << p.parameters[n].name
                  << ": no argument of a kernel says what it is; make it the extent of a tensor, or "
                  << "read it from a tensor without dimensions";
  }
  return {};
}

// A variable for each proof: together they would be more than one evaluation may take.
template <class Op, isa Set>
inline constexpr text outside = analysis::out_of_bounds(lowered<Op, Set>).sentence;
template <class Op, isa Set>
inline constexpr text raced = analysis::races(lowered<Op, Set>).sentence;
template <class Op, isa Set>
inline constexpr analysis::proof covered = analysis::covers(lowered<Op, Set>);

/// Why the program is refused after so many steps, in words of the one that was.
template <class Op, isa Set, std::size_t Steps>
constexpr text refusal_after() {
  if constexpr (!after<Op, Set, Steps>.refused) return lowered<Op, Set>.refused.sentence;
  else if constexpr (Steps == 0) return staged<Op>.refused.sentence;
  else if constexpr (after<Op, Set, Steps - 1>.refused) return refusal_after<Op, Set, Steps - 1>();
  else return lower::said_of(schedule_of<Op, Set>.steps[Steps - 1], after<Op, Set, Steps>.refused.sentence);
}

/// Why the program for one set of instructions cannot become code, or nothing.
template <class Op, isa Set>
constexpr text flaw() {
  if constexpr (schedule_of<Op, Set>.left_out > 0) return schedule_of<Op, Set>.flaw();
  else if constexpr (lowered<Op, Set>.refused) return refusal_after<Op, Set, schedule_of<Op, Set>.steps.count>();
  else if constexpr (constexpr text why = half_bytes(lowered<Op, Set>); !why.empty()) return why;
  else if constexpr (constexpr text why = untold_number(lowered<Op, Set>); !why.empty()) return why;
  else if constexpr (constexpr text why = bound_loop(lowered<Op, Set>); !why.empty()) return why;
  else if constexpr (!outside<Op, Set>.empty()) return outside<Op, Set>;
  else if constexpr (!raced<Op, Set>.empty()) return raced<Op, Set>;
  else if constexpr (covered<Op, Set>.is == analysis::answer::no) return covered<Op, Set>.sentence;
  else return {};
}

/// The first flaw of any set compiled in.
template <class Op>
constexpr text first_flaw() {
  text why{};
  auto const look = [&]<isa Set>() {
    if constexpr (holds(static_cast<unsigned>(TENON_CPU_ISAS), Set)) {
      if (why.empty()) why = flaw<Op, plan<Op, Set>::like>();
    }
  };
  look.template operator()<isa::scalar>();
  look.template operator()<isa::sse2>();
  look.template operator()<isa::avx2>();
  look.template operator()<isa::avx512>();
  look.template operator()<isa::avx512_dot>();
  look.template operator()<isa::xsimd_native>();
  return why;
}

template <class Op>
constexpr text why_refused() {
  if constexpr (constexpr text why = compiled::why_no_operator<Op, cpu_target>("cpu_target"); !why.empty()) return why;
  else return first_flaw<Op>();
}

}  // namespace detail

/// Why the operator cannot become code for the CPU, or nothing: its own mistakes, its schedule's, and what is not proved:
/// that every access stays inside its tensor, that parallel iterations do not meet, that all of the output is written.
template <class Op>
inline constexpr text refused = detail::why_refused<Op>();

}  // namespace tenon::cpu
