#pragma once

#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/lower/align_buffer.hpp>
#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/carry_reduction.hpp>
#include <tenon/lower/compute_at.hpp>
#include <tenon/lower/compute_in_place.hpp>
#include <tenon/lower/compute_root.hpp>
#include <tenon/lower/decompose_reduction.hpp>
#include <tenon/lower/fold_storage.hpp>
#include <tenon/lower/fuse_loops.hpp>
#include <tenon/lower/hoist_predicates.hpp>
#include <tenon/lower/inline_stage.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/mark_loop.hpp>
#include <tenon/lower/peel_loop.hpp>
#include <tenon/lower/pipeline_loop.hpp>
#include <tenon/lower/place_buffers.hpp>
#include <tenon/lower/prefetch_buffer.hpp>
#include <tenon/lower/relax_predicates.hpp>
#include <tenon/lower/reorder_loops.hpp>
#include <tenon/lower/reverse_compute_at.hpp>
#include <tenon/lower/reverse_inline_stage.hpp>
#include <tenon/lower/rfactor_reduction.hpp>
#include <tenon/lower/simplify.hpp>
#include <tenon/lower/slide_window.hpp>
#include <tenon/lower/specialize_loop.hpp>
#include <tenon/lower/split_loop.hpp>
#include <tenon/lower/store_at.hpp>
#include <tenon/lower/stream_buffer.hpp>
#include <tenon/lower/tensorize.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/support/text_view.hpp>

/// From a staged program and a schedule to the program that a target makes code from.
namespace tenon::lower {

namespace detail {

/// A number in a step that no loop and no tensor is as large as; products of such numbers would wrap.
constexpr text number_beyond(step const& s) {
  constexpr std::int64_t most = std::int64_t{1} << 32;
  for (std::int64_t number : s.numbers) {
    if (number <= most && number >= -most) continue;
    return text{} << s << ": " << number << " is beyond " << most << ", the largest number that a step takes";
  }
  return {};
}

}  // namespace detail

/// The program with one step of a schedule carried out, or refused. `on` is the machine whose memories and instructions steps may name.
constexpr ir::program apply(ir::program const& p, step const& s, machine const& on = {}) {
  if (p.refused) return p;
  if (text const beyond = detail::number_beyond(s); !beyond.empty()) return ir::refuse(p, beyond);
  switch (s.what) {
    case action::split:
    case action::split_parts: return split_loop(p, s);
    case action::fuse: return fuse_loops(p, s);
    case action::reorder: return reorder_loops(p, s);
    case action::serial:
    case action::unroll:
    case action::vectorize:
    case action::parallel:
    case action::bind:
    case action::virtual_thread: return mark_loop(p, s);
    case action::peel: return peel_loop(p, s);
    case action::specialize: return specialize_loop(p, s);
    case action::compute_at: return compute_at(p, s);
    case action::reverse_compute_at: return reverse_compute_at(p, s);
    case action::compute_inline: return inline_stage(p, s);
    case action::reverse_inline: return reverse_inline_stage(p, s);
    case action::compute_root: return compute_root(p, s);
    case action::store_at: return store_at(p, s);
    case action::slide: return slide_window(p, s);
    case action::fold_storage: return fold_storage(p, s);
    case action::cache: return cache_buffer(p, s, on);
    case action::place: return place_buffer(p, s, on);
    case action::align: return align_buffer(p, s);
    case action::stream: return stream_buffer(p, s);
    case action::prefetch: return prefetch_buffer(p, s);
    case action::decompose: return decompose_reduction(p, s);
    case action::carry: return carry_reduction(p, s);
    case action::rfactor: return rfactor_reduction(p, s);
    case action::in_place: return compute_in_place(p, s);
    case action::tensorize: return tensorize(p, s, on);
    case action::pipeline: return pipeline_loop(p, s);
    case action::double_buffer: break;
  }
  return ir::refuse(p,
                    text{} << s << ": the CPU has no such step; it belongs to a target that copies memory on its own");
}

/// A refusal as one of the step that was being carried out: where it is the operator that outgrew its tables or its names, it
/// is this step that asked for more.
constexpr text said_of(step const& s, text const& sentence) {
  constexpr text_view whole = "this operator: ";
  text_view const said = sentence;
  return said.starts_with(whole) ? text{} << s << ": " << said.substr(whole.size()) : sentence;
}

/// The program with all steps carried out, one after another, or with the first refusal.
constexpr ir::program apply(ir::program p, schedule const& plan, machine const& on = {}) {
  if (plan.left_out > 0) return ir::refuse(p, plan.flaw());
  for (step const& s : plan.steps) {
    bool const before = static_cast<bool>(p.refused);
    p = apply(p, s, on);
    if (p.refused && !before) p.refused.sentence = said_of(s, p.refused.sentence);
  }
  return p;
}

/// What follows the last step: conditions move outwards, those that hold anyway go, and every buffer gets its place.
constexpr ir::program finish(ir::program p, machine const& on = {}) {
  if (p.refused) return p;
  return place_buffers(simplify(relax_predicates(hoist_predicates(p))), on);
}

}  // namespace tenon::lower
