#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/copy_nest.hpp>
#include <tenon/lower/rewrite.hpp>

namespace tenon::cuda {

namespace detail {

/// One loop whose caches are filled ahead.
class overlapped_loop {
 public:
  constexpr overlapped_loop(ir::program& program, ir::node_id which)
      : p(program), loop(which), turns(program[which].axis()), stages(program[turns].stages) {}

  constexpr void run() {
    find_copies();
    if (p.refused) return;
    for (cache const& c : caches) make_room(p[p[c.allocate].buffer()]);
    ir::node_id const now = ir::add_counter(p, turns);
    ir::node_id const later = ir::add_index(p, ir::op::add, now, stages - 1);
    ir::node_id const filled = copies_for(later, ir::add_index(p, ir::op::floor_mod, later, stages));
    ir::node_id const is_one = ir::add_binary(p, ir::op::less, later, p[turns].extent);
    ir::node_id const when = p.add(ir::node{.what = ir::op::when, .a = is_one, .b = filled});
    ir::node_id const wait = p.add(ir::node{.what = ir::op::wait, .value = stages - 2});
    read_from(ir::add_index(p, ir::op::floor_mod, now, stages));
    ir::node_id const body = ir::add_block(p, wait, ir::add_block(p, ahead(when), rest));
    ir::node_id all = loop;
    for (std::int64_t turn = stages - 2; turn >= 0; --turn) {
      ir::node_id const first = ir::add_index(p, turn);
      // A loop that runs less often has nothing to copy, but its groups are counted all the same.
      ir::node_id const runs = ir::add_binary(p, ir::op::less, first, p[turns].extent);
      ir::node_id const copies = copies_for(first, first);
      ir::node_id const guarded =
          turn < p[p[turns].extent].value ? copies : p.add(ir::node{.what = ir::op::when, .a = runs, .b = copies});
      all = ir::add_block(p, ahead(guarded), all);
    }
    if (p.refused) return;
    ir::replace(p, loop, caches[0].allocate);
    for (std::size_t n = 0; n < caches.size(); ++n) {
      ir::node_id const inside = n + 1 < caches.size() ? caches[n + 1].allocate : all;
      p[caches[n].allocate].a = inside;
    }
    p[loop].a = body;
    p[turns].stages = 0;
  }

 private:
  struct cache {
    ir::node_id allocate{};
    ir::node_id copy{};
  };

  /// The shared buffers that a turn begins with filling.
  constexpr void find_copies() {
    rest = p[loop].a;
    while (p[rest].what == ir::op::allocate && p[p[rest].a].what == ir::op::block && !caches.full()) {
      ir::node const& both = p[p[rest].a];
      if (p[p[rest].buffer()].where != ir::memory::shared || !fills_only(both.a, p[rest].buffer())) break;
      caches.push_back({rest, both.a});
      rest = both.b;
    }
    if (!caches.empty()) return;
    p = ir::refuse(p, text{} << "pipeline(" << p[turns].name << ", " << stages << "): a turn of " << p[turns].name
                             << " does not begin with filling shared memory; say cache(x, " << p[turns].name
                             << ", space::shared), and leave its copying a plain one");
  }
  /// Whether a nest writes the buffer, each element with one of an argument or a constant, and nothing else.
  constexpr bool fills_only(ir::node_id nest, ir::buffer_id b) const {
    bool plain = true;
    ir::each_statement(p, nest, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what != ir::op::store) return;
      plain &= p[n.access()].of == b && n.b == ir::node_id::none && n.value == 0;
      ir::node_id const from = p[n.a].what == ir::op::guarded ? p[n.a].b : n.a;
      plain &= p[from].what == ir::op::load && p[p[p[from].access()].of].use == ir::role::input;
      if (from != n.a) plain &= p[p[n.a].c].what == ir::op::constant && p[p[n.a].c].value == 0;
    });
    return plain;
  }

  constexpr void make_room(ir::buffer& b) {
    if (b.rank == ir::max_rank) {
      p = ir::refuse(p, text{} << "pipeline(" << p[turns].name << ", " << stages << "): " << b.name
                               << " cannot have one more dimension");
      return;
    }
    for (int d = b.rank; d > 0; --d) {
      b.extents[d] = b.extents[d - 1];
      b.padding[d] = b.padding[d - 1];
      b.origin[d] = b.origin[d - 1];
    }
    ++b.rank;
    b.padding[0] = 0;
    b.origin[0] = ir::node_id::none;
    ir::node_id const count = ir::add_index(p, stages);
    b.extents[0] = count;
  }
  constexpr ir::access_id in_slot(ir::access a, ir::node_id slot) {
    for (int d = a.rank; d > 0; --d) a.at[d] = a.at[d - 1];
    a.at[0] = slot;
    ++a.rank;
    return p.add(a);
  }
  constexpr bool is_cache(ir::buffer_id b) const {
    bool found = false;
    for (cache const& c : caches) found |= p[c.allocate].buffer() == b;
    return found;
  }

  /// What fills the caches for a turn, into a slot.
  constexpr ir::node_id copies_for(ir::node_id turn, ir::node_id slot) {
    ir::node_id all = ir::node_id::none;
    for (cache const& c : caches) {
      lower::nest_copy copy(p);
      copy.replace(turns, turn);
      ir::node_id const made = copy.nest(c.copy);
      ir::each_statement(p, made, [&](ir::node_id id) {
        if (p[id].what != ir::op::store) return;
        auto const target = static_cast<std::uint16_t>(in_slot(p[p[id].access()], slot));
        p[id].x = target;
      });
      all = ir::add_block(p, all, made);
    }
    return all;
  }
  constexpr void read_from(ir::node_id slot) {
    lower::rewriter change(p, [&](ir::node_id id) {
      ir::node const n = p[id];
      if (n.what != ir::op::load || !is_cache(p[n.access()].of)) return ir::node_id::none;
      return ir::add_load(p, in_slot(p[n.access()], slot));
    });
    change.statements(rest);
  }
  constexpr ir::node_id ahead(ir::node_id copies) { return p.add(ir::node{.what = ir::op::ahead, .a = copies}); }

  ir::program& p;
  ir::node_id loop;
  ir::axis_id turns;
  std::int64_t stages;
  ir::node_id rest{};
  static_vector<cache, 4> caches{};
};

}  // namespace detail

/// Fills the caches of pipelined loops ahead, each in as many slots as it has stages.
///
///     pipelined for k in 0..n            ahead: s[0] = x[0]
///       s = x[k]                   =>    for k in 0..n
///       y += f(s)                          wait until no copies are under way
///                                          ahead: if (k + 1 < n) s[(k + 1) % 2] = x[k + 1]
///                                          y += f(s[k % 2])
///
/// Needs: turns that begin with filling shared memory from arguments.
/// Keeps: every value.
constexpr ir::program overlap_copies(ir::program p) {
  for (std::size_t n = 1; n < p.nodes.size() && !p.refused; ++n) {
    auto const id = static_cast<ir::node_id>(n);
    if (p[id].what != ir::op::loop || p[p[id].axis()].stages == 0 || !ir::contains(p, p.root, id)) continue;
    detail::overlapped_loop(p, id).run();
  }
  return p;
}

}  // namespace tenon::cuda
