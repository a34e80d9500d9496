#pragma once

#include <cstddef>

#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/place_buffers.hpp>
#include <tenon/support/text_view.hpp>
#include <tenon/target/cuda/ownership.hpp>

namespace tenon::cuda {

namespace detail {

inline constexpr memory memories[]{{.where = space::registers}, {.where = space::stack}, {.where = space::shared}};

/// Why the temporary cannot live where the schedule puts it, or nothing.
constexpr text why_not_there(ir::program const& p, ir::buffer const& b, ownership const& o) {
  text why{};
  if (b.where == ir::memory::registers && !o.is_private()) {
    why << "place(" << b.name << ", space::registers): threads read of " << b.name
        << " what others wrote, and each has registers of its own; take space::shared";
  } else if (b.where == ir::memory::registers && o.indexed) {
    why << "place(" << b.name << ", space::registers): which of its elements is meant is known only at run time";
    if (o.at_run_time != ir::axis_id::none) why << "; unroll(" << p[o.at_run_time].name << ")";
    else why << "; take space::shared";
  }
  return why;
}

}  // namespace detail

/// A GPU as the steps of an operator's schedule see it. How much shared memory a block has is asked of the whole grid.
inline constexpr lower::machine gpu{
    .name = "a GPU", .memories = {detail::memories, sizeof detail::memories / sizeof detail::memories[0]}};

/// Gives temporaries whose memory nobody named one: shared memory if threads exchange them, and else registers, or a
/// thread's own stack where an element is known only at run time.
///
/// Needs: nothing in registers that threads exchange.
/// Keeps: every value.
constexpr ir::program place_in_threads(ir::program p) {
  if (p.refused) return p;
  ownerships const all = ownership_of(p);
  for (std::size_t n = p.arguments + 1u; n < p.buffers.size(); ++n) {
    ir::buffer& b = p.buffers[n];
    if (b.use != ir::role::temporary) continue;
    ownership const& o = all.at[n];
    if (b.where == ir::memory::automatic) {
      b.where = !o.is_private() ? ir::memory::shared : o.indexed ? ir::memory::stack : ir::memory::registers;
    }
    if (text const why = detail::why_not_there(p, b, o); !why.empty()) return ir::refuse(p, why);
  }
  return p;
}

}  // namespace tenon::cuda
