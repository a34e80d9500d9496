#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/language/signature.hpp>
#include <tenon/language/stage.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/target/cuda/insert_barriers.hpp>
#include <tenon/target/cuda/instructions.hpp>
#include <tenon/target/cuda/launch_needs.hpp>
#include <tenon/target/cuda/layout.hpp>
#include <tenon/target/cuda/overlap_copies.hpp>
#include <tenon/target/cuda/place_in_threads.hpp>
#include <tenon/target/cuda/why_not_staged.hpp>

namespace tenon::cuda {

/// The GPU as the schedule of an operator sees it. Instructions are described only where some are named.
template <class Op>
constexpr lower::machine machine_for() {
  if constexpr (names_instructions(schedule_of<Op>)) return gpu_with<>();
  else return gpu;
}

/// The program after the first `Steps` steps. One variable a step keeps each evaluation within the compilers' limits.
template <class Op, std::size_t Steps>
inline constexpr ir::program after =
    lower::apply(after<Op, Steps - 1>, schedule_of<Op>.steps[Steps - 1], machine_for<Op>());
template <class Op>
inline constexpr ir::program after<Op, 0> = staged<Op>;

namespace detail {

constexpr ir::program on_a_grid(ir::program const& p) {
  if (p.refused) return p;
  text const why = why_no_grid(p);
  return why.empty() ? p : ir::refuse(p, why);
}
constexpr ir::program without_needless_conditions(ir::program const& p) {
  return p.refused ? p : lower::simplify(lower::relax_predicates(lower::hoist_predicates(p)));
}

template <class Op>
inline constexpr ir::program arranged = without_needless_conditions(on_a_grid(after<Op, schedule_of<Op>.steps.count>));

}  // namespace detail

/// The program with all its memory, before threads meet: what is proved is proved of this one.
template <class Op>
inline constexpr ir::program lowered = place_in_threads(detail::arranged<Op>);

namespace detail {

constexpr ir::program with_copies_ahead(ir::program const& p) { return p.refused ? p : overlap_copies(p); }
template <class Op>
inline constexpr ir::program overlapped = with_copies_ahead(lowered<Op>);

}  // namespace detail

/// The program that code is made from.
template <class Op>
inline constexpr ir::program synchronised = insert_barriers(detail::overlapped<Op>);

/// An operator made ready for a GPU: what the code of a kernel is made from, and named after.
template <class Op>
struct plan {
  using operation = Op;
  static constexpr auto const& program = synchronised<Op>;  // auto: nvcc takes no other spelling
  static constexpr layout where = layout_of(program);
  using functions = functions_of<Op>;
};

/// What has to be known to call the kernel of a program. Arguments that are read or written several elements at a time begin at a
/// multiple of that.
constexpr launch_needs launch_needs_of(ir::program const& p, layout const& where) {
  launch_needs made{};
  for (int k = 0; k < 3; ++k) {
    made.blocks[k] = static_cast<std::int32_t>(where.threads.blocks[k]);
    made.threads[k] = static_cast<std::int32_t>(where.threads.threads[k]);
  }
  ir::axis_id vector = ir::axis_id::none;
  for (std::size_t a = 1; a < p.accesses.size(); ++a) {
    auto const id = static_cast<ir::access_id>(a);
    std::size_t const of = static_cast<std::size_t>(p[id].of);
    if (of > p.arguments || where.access_varies[a] == 0) continue;
    for (std::size_t x = 1; x < p.axes.size(); ++x) {
      vector = static_cast<ir::axis_id>(x);
      if ((where.access_varies[a] & where.vector_of[x]) == 0) continue;
      std::int64_t const bytes = bytes_at_once(p, where, id, vector);
      std::int32_t& needed = made.alignments[of - 1];
      if (bytes > ir::bytes_of(p[p[id].of].type) && bytes > needed) needed = static_cast<std::int32_t>(bytes);
    }
  }
  return made;
}

/// What a kernel expects of its arguments.
template <class K>
inline constexpr signature expected_by =
    with_alignments(signature_of(K::program), launch_needs_of(K::program, K::where));

}  // namespace tenon::cuda
