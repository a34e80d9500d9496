#pragma once

#include <cstddef>

#include <tenon/analysis/bounds.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/analysis/races.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/support/text.hpp>
#include <tenon/target/cuda/plan.hpp>
#include <tenon/target/cuda/why_not_staged.hpp>

namespace tenon::cuda {

namespace detail {

// A variable for each proof: together they would be more than one evaluation may take.
template <class Op>
inline constexpr text outside = analysis::out_of_bounds(lowered<Op>).sentence;
template <class Op>
inline constexpr text raced = analysis::races(lowered<Op>).sentence;
template <class Op>
inline constexpr analysis::proof covered = analysis::covers(lowered<Op>);

/// What is not proved of a program that could be code, or nothing.
template <class Op>
inline constexpr text unproved = [] {
  if constexpr (!outside<Op>.empty()) return outside<Op>;
  else if constexpr (!raced<Op>.empty()) return raced<Op>;
  else return covered<Op>.is == analysis::answer::no ? covered<Op>.sentence : text{};
}();

/// What no kernel on a GPU does, or too much of what it has.
constexpr text beyond_a_gpu(ir::program const& p, lower::machine const& on) {
  text why{};
  for (std::size_t b = 1; b < p.buffers.size(); ++b) {
    ir::buffer const& of = p.buffers[b];
    if (ir::bits_of(of.type) == 4) {
      return why << of.name << ": kernels for a GPU do not compute with " << of.type << "; store its numbers as "
                 << (of.type == element::i4 ? "int8" : "uint8");
    }
    if (of.use != ir::role::temporary) continue;
    for (int d = 0; d < of.rank; ++d) {
      if (ir::is_constant(p, of.extents[d])) continue;
      return why << of.name << ": how long its dimension " << d
                 << " gets is known only when the kernel is called, and memory in a block is a constant; compute "
                 << of.name << " inside a loop";
    }
  }
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::tensorized && why.empty()) why = why_not_together(p, id, on);
  });
  return why;
}

/// Whether a block has room for what its threads share, copies ahead included.
constexpr text beyond_a_block(ir::program const& p) {
  std::int64_t const bytes = layout_of(p).shared_bytes;
  text why{};
  if (bytes > most_shared_bytes) {
    why << "this operator: a block needs " << bytes << " bytes of shared memory, and has " << most_shared_bytes
        << "; take smaller factors, or fewer stages of a pipeline";
  }
  return why;
}

/// Why the program is refused after so many steps, in words of the one that was.
template <class Op, std::size_t Steps>
constexpr text refusal_after() {
  if constexpr (!after<Op, Steps>.refused) return lowered<Op>.refused.sentence;
  else if constexpr (after<Op, Steps - 1>.refused) return refusal_after<Op, Steps - 1>();
  else return lower::said_of(schedule_of<Op>.steps[Steps - 1], after<Op, Steps>.refused.sentence);
}

template <class Op>
constexpr text why_refused() {
  if constexpr (!not_staged<Op>.empty()) {
    return not_staged<Op>;
  } else if constexpr (lowered<Op>.refused) {
    return refusal_after<Op, schedule_of<Op>.steps.count>();
  } else if constexpr (constexpr text why = beyond_a_gpu(lowered<Op>, machine_for<Op>()); !why.empty()) {
    return why;
  } else if constexpr (!unproved<Op>.empty()) {
    return unproved<Op>;
  } else if constexpr (synchronised<Op>.refused) {
    return synchronised<Op>.refused.sentence;
  } else {
    return beyond_a_block(synchronised<Op>);
  }
}

}  // namespace detail

/// Why the operator cannot become code for a GPU, or nothing: its own mistakes, its schedule's, and what is not proved: that
/// every access stays inside its tensor, that blocks and threads do not meet in an element, that all of the output is written.
template <class Op>
inline constexpr text refused = detail::why_refused<Op>();

}  // namespace tenon::cuda
