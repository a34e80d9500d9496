#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/place_buffers.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/support/text_view.hpp>

/// Where buffers lie in the memories of a machine, and whether they have room.
namespace tenon::lower {

/// Where each buffer of a program begins.
struct memory_plan {
  static constexpr std::size_t buffers = decltype(ir::program::buffers)::capacity;
  static constexpr std::size_t memories = 8;

  std::int8_t in[buffers]{};      // the place of its memory in the machine's list; -1: none of these
  std::int64_t at[buffers]{};     // bytes from the beginning of that memory
  std::int64_t bytes[buffers]{};  // it takes; -1: known only at run time
  std::int64_t used[memories]{};  // of each memory, bytes at most at once
  ir::buffer_id overflow{};       // the first buffer for which there is no room
  std::int64_t beside = 0;        // bytes of others that live there at the same time
};

namespace detail {

class memory_planner {
 public:
  constexpr memory_planner(ir::program const& program, machine const& target) : p(program), on(target) {}

  constexpr memory_plan run() {
    tops top{};
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      ir::buffer const& buffer = p.buffers[b];
      made.in[b] = -1;
      space const where = space_of(p, buffer.where);
      for (std::size_t m = 0; m < on.memories.count && m < memory_plan::memories; ++m) {
        // Where main memory is none of the machine's, as on a CPU, the workspace is one for itself.
        bool const own = buffer.where == ir::memory::workspace && on.memories.first[m].where == space::workspace;
        if (on.memories.first[m].where == where || own) made.in[b] = static_cast<std::int8_t>(m);
      }
      made.bytes[b] = bytes_of(p, buffer);
      if (b <= p.arguments) put(b, top);
    }
    walk(p.root, top);
    return made;
  }

 private:
  struct tops {
    std::int64_t of[memory_plan::memories]{};
  };

  constexpr void put(std::size_t b, tops& top) {
    if (made.in[b] < 0 || made.bytes[b] < 0) return;
    auto const m = static_cast<std::size_t>(made.in[b]);
    memory const& in = on.memories.first[m];
    std::int64_t by = in.alignment > in.block ? in.alignment : in.block;
    if (p.buffers[b].alignment > by) by = p.buffers[b].alignment;
    if (ir::bytes_of(p.buffers[b].type) > by) by = ir::bytes_of(p.buffers[b].type);
    std::int64_t const begin = (top.of[m] + by - 1) / by * by;
    made.at[b] = begin;
    top.of[m] = begin + (made.bytes[b] + in.block - 1) / in.block * in.block;
    if (top.of[m] > made.used[m]) made.used[m] = top.of[m];
    if (in.bytes > 0 && top.of[m] > in.bytes && made.overflow == ir::buffer_id::none) {
      made.overflow = static_cast<ir::buffer_id>(b);
      made.beside = begin;
    }
  }

  /// Buffers whose lifetimes nest follow each other, others share.
  constexpr void walk(ir::node_id root, tops top) {
    while (root != ir::node_id::none) {
      ir::node const& n = p[root];
      switch (n.what) {
        case ir::op::allocate:
          put(n.x, top);
          root = n.a;
          break;
        case ir::op::block:
          walk(n.a, top);
          root = n.b;
          break;
        case ir::op::when:
          walk(n.b, top);
          root = n.c;
          break;
        case ir::op::loop: root = n.a; break;
        default: return;
      }
    }
  }

  ir::program const& p;
  machine const& on;
  memory_plan made{};
};

/// The user's line that put the buffer where it is, or its name.
constexpr text line_about(ir::program const& p, ir::buffer_id b, schedule const& plan) {
  text line{};
  text_view const name = p[b].name;
  for (step const& s : plan.steps) {
    text_view const tensor = s.tensor.name;
    bool const copy = name.substr(0, tensor.size()) == tensor && name.substr(tensor.size()).substr(0, 6) == ".cache";
    if ((s.what == action::place && tensor == name) || (s.what == action::cache && copy)) line = text{} << s;
  }
  return line.empty() ? line << name : line;
}

}  // namespace detail

/// Decides where the buffers of a lowered program lie: those that live at the same time lie apart.
constexpr memory_plan plan_memories(ir::program const& p, machine const& on) {
  return detail::memory_planner{p, on}.run();
}

/// The program, refused if a memory has no room for all that lives there at once. `plan` is the schedule whose lines are quoted.
constexpr ir::program check_memories(ir::program p, schedule const& plan, machine const& on) {
  if (p.refused) return p;
  memory_plan const found = plan_memories(p, on);
  if (found.overflow == ir::buffer_id::none) return p;
  auto const b = static_cast<std::size_t>(found.overflow);
  memory const& in = on.memories.first[found.in[b]];
  text sentence = detail::line_about(p, found.overflow, plan);
  sentence << ": " << p.buffers[b].name << " takes " << found.bytes[b] << " bytes of " << in.where.name;
  if (found.beside > 0) sentence << ", where " << found.beside << " are taken by others at the same time";
  sentence << ", and " << in.where.name << " holds " << in.bytes << "; take smaller tiles";
  return ir::refuse(p, sentence);
}

}  // namespace tenon::lower
