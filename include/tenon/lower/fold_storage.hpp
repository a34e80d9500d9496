#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/region.hpp>
#include <tenon/lower/stage.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

/// Uses the places of one dimension in turn.
///
///     allocate bx [h + 2]             allocate bx [4]
///       ... bx[y + r] ...       =>      ... bx[(y + r) % 4] ...
///
/// Needs: at least as many places as one turn of the loop that computes the tensor writes and reads; a power of two.
/// Keeps: every value for as long as it is read.
constexpr ir::program fold_storage(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  std::int64_t const dimension = s.numbers[0];
  std::int64_t const kept = s.numbers[1];
  if (dimension < 0 || dimension >= p[tensor].rank) {
    return ir::refuse(p, text{} << s << ": " << s.tensor << " has " << static_cast<int>(p[tensor].rank)
                                << " dimensions, counted from 0; there is no dimension " << dimension);
  }
  if (kept < 1 || !std::has_single_bit(static_cast<std::uint64_t>(kept))) {
    text sentence{};
    sentence << s << ": " << kept << " is not a power of two";
    if (kept > 1) sentence << "; take " << std::bit_ceil(static_cast<std::uint64_t>(kept));
    return ir::refuse(p, sentence);
  }
  stage const made = find_stage(p, tensor);
  if (!made.found() || p[tensor].use != ir::role::temporary) {
    return ir::refuse(p, text{} << s << ": " << s.tensor
                                << " belongs to the caller; only what lies between stages can be folded");
  }
  if (p[tensor].accumulates || p[made.nest].what != ir::op::loop) {
    return ir::refuse(p, text{} << s << ": " << s.tensor
                                << " is not a stage of its own; only what lies between stages can be folded");
  }
  ir::node_id loop = made.nest;
  bool passed = false;
  do {
    passed |= loop == made.allocate;
    loop = ir::parent_of(p, loop);
  } while (loop != ir::node_id::none && p[loop].what != ir::op::loop);
  if (passed || loop == ir::node_id::none) {
    return ir::refuse(
        p, text{} << s << ": all of " << s.tensor
                  << " is made before any of it is read; compute it at a loop and store it further out first");
  }
  ir::buffer_id const later = reader_outside(p, tensor, loop);
  if (later != ir::buffer_id::none) {
    return ir::refuse(p, text{} << s << ": " << p[later].name << " reads " << s.tensor << " outside of "
                                << p[p[loop].axis()].name
                                << ", when what was folded is gone; leave the tensor as long as it is");
  }
  ir::node_id const body = p[loop].a;
  region const live = region_of(p, tensor, body, axes_under(p, body), touching::both);
  auto const d = static_cast<std::size_t>(dimension);
  if (live.apart[d] || live.unclear[d] || !is_number(live.at[d].excess)) {
    return ir::refuse(p, text{} << s << ": how much of dimension " << dimension << " one turn of "
                                << p[p[loop].axis()].name
                                << " needs is not known here; leave the tensor as long as it is");
  }
  std::int64_t const needed = live.at[d].excess.constant + 1;
  if (kept < needed) {
    return ir::refuse(p, text{} << s << ": one turn of " << p[p[loop].axis()].name << " needs " << needed
                                << " along dimension " << dimension << "; take "
                                << std::bit_ceil(static_cast<std::uint64_t>(needed)));
  }
  for (std::size_t n = 1; n < p.accesses.size(); ++n) {
    if (p.accesses[n].of != tensor) continue;
    ir::node_id const place = ir::add_index(p, ir::op::floor_mod, p.accesses[n].at[d], kept);
    p.accesses[n].at[d] = place;
  }
  p[tensor].extents[d] = ir::add_index(p, kept);
  return p;
}

}  // namespace tenon::lower
