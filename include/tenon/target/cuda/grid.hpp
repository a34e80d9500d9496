#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/support/text.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon::cuda {

/// The place in the grid that a loop is bound to: 0 to 2 are blocks, 3 to 5 threads; -1 is none.
constexpr int place_of(ir::loop_kind kind) {
  int const place = static_cast<int>(kind) - static_cast<int>(ir::loop_kind::block_x);
  return place >= 0 && place < 6 ? place : -1;
}
/// Which coordinate of a thread the loop is bound to: 0 to 2, or -1.
constexpr int thread_place_of(ir::loop_kind kind) { return place_of(kind) >= 3 ? place_of(kind) - 3 : -1; }

/// How such a place is called in a schedule.
constexpr text_view name_of_place(int place) {
  constexpr text_view names[]{"block_x", "block_y", "block_z", "thread_x", "thread_y", "thread_z"};
  return names[place];
}

/// How many blocks, and threads in each of them, run a kernel.
struct grid {
  std::int64_t blocks[3]{1, 1, 1};
  std::int64_t threads[3]{1, 1, 1};

  constexpr std::int64_t block_count() const { return blocks[0] * blocks[1] * blocks[2]; }
  constexpr std::int64_t thread_count() const { return threads[0] * threads[1] * threads[2]; }
  constexpr bool operator==(grid const&) const = default;
};

/// The grid of a program: the longest of the loops bound to each place.
constexpr grid grid_of(ir::program const& p) {
  grid made{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what != ir::op::loop) return;
    ir::axis const& a = p[p[id].axis()];
    int const place = place_of(a.kind);
    if (place < 0) return;
    std::int64_t& most = place < 3 ? made.blocks[place] : made.threads[place - 3];
    std::int64_t const extent = ir::constant_or(p, a.extent, 1);
    if (extent > most) most = extent;
  });
  return made;
}

namespace detail {

/// Looks through the nest for what no grid can run.
class grid_check {
 public:
  constexpr explicit grid_check(ir::program const& what) : p(what) {}

  constexpr text run() {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (why.empty() && p[id].what == ir::op::loop) look_at(p[p[id].axis()]);
    });
    if (!why.empty()) return why;
    if (!any_thread) {
      why << "this operator: no loop of its schedule is bound to threads; say bind(j, thread_x) of a loop of at most "
             "1024 turns";
      return why;
    }
    grid const g = grid_of(p);
    if (g.thread_count() > 1024) {
      why << "this operator: a block of " << g.threads[0] << " x " << g.threads[1] << " x " << g.threads[2]
          << " threads is more than 1024; split a loop that is bound to threads";
      return why;
    }
    limit(g.threads[2], 64, "thread_z");
    limit(g.blocks[0], 2147483647, "block_x");
    limit(g.blocks[1], 65535, "block_y");
    limit(g.blocks[2], 65535, "block_z");
    if (why.empty()) down_to_the_blocks();
    return why;
  }

 private:
  constexpr void look_at(ir::axis const& a) {
    using ir::loop_kind;
    if (a.kind == loop_kind::parallel) {
      why << "parallel(" << a.name << "): a GPU has blocks and threads; say bind(" << a.name << ", block_x)";
    } else if (a.kind == loop_kind::virtual_thread) {
      why << "virtual_thread(" << a.name << "): a GPU has no virtual threads; say bind(" << a.name << ", thread_y)";
    } else if (place_of(a.kind) >= 0 && !ir::is_constant(p, a.extent)) {
      why << "bind(" << a.name << ", " << name_of_place(place_of(a.kind)) << "): " << a.name
          << " runs as often as the kernel is told, and a grid is a constant; split it by a number, and bind "
          << a.name.part("inner");
    }
    any_thread = any_thread || thread_place_of(a.kind) >= 0;
  }

  constexpr void limit(std::int64_t found, std::int64_t most, text_view place) {
    if (!why.empty() || found <= most) return;
    why << "this operator: " << found << " of " << place << " are more than " << most
        << "; split the loop that is bound to it";
  }

  /// Loops bound to blocks stand one inside the other, with nothing beside them.
  constexpr void down_to_the_blocks() {
    ir::node_id at = p.root;
    while (has_blocks(at)) {
      ir::node const& n = p[at];
      if (n.what == ir::op::loop && place_of(p[n.axis()].kind) < 0) {
        why << "this operator: " << p[n.axis()].name << " stands around loops that are bound to blocks, and blocks "
            << "do not wait for each other; bind it, too, or reorder";
        return;
      }
      if (n.what == ir::op::block || n.what == ir::op::when) {
        why << "this operator: several nests are bound to blocks one after the other, and blocks do not wait for each "
               "other; compute_at brings the earlier ones into the last, or make operators of them";
        return;
      }
      at = n.a;
    }
  }
  constexpr bool has_blocks(ir::node_id root) const {
    bool found = false;
    if (root == ir::node_id::none) return false;
    ir::each_statement(p, root, [&](ir::node_id id) {
      found |= p[id].what == ir::op::loop && place_of(p[p[id].axis()].kind) >= 0 &&
               thread_place_of(p[p[id].axis()].kind) < 0;
    });
    return found;
  }

  ir::program const& p;
  bool any_thread = false;
  text why{};
};

}  // namespace detail

/// Why no grid of constant size can run the program, or nothing.
constexpr text why_no_grid(ir::program const& p) { return detail::grid_check(p).run(); }

}  // namespace tenon::cuda
