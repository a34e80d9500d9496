#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/schedule/step.hpp>

#include "fuzz/dice.hpp"

namespace tenon::fuzz {

/// Draws steps for a program: half of them sensible at a glance, the others whatever comes.
class step_drawer {
 public:
  step_drawer(dice& with, ir::program const& what) : d(with), p(what) {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (p[id].what == ir::op::loop) loops.push_back(id);
    });
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      buffers.push_back(static_cast<ir::buffer_id>(b));
      if (p.buffers[b].use == ir::role::temporary && !p.buffers[b].accumulates) between.push_back(buffers.back());
    }
  }

  /// Steps that place a stage at a loop of another, as far as there is one, and let it slide.
  std::vector<step> draw_placement() {
    std::vector<step> all{};
    if (between.empty() || loops.empty()) return all;
    all.push_back(at_loop(d.chance(75) ? action::compute_at : action::reverse_compute_at));
    if (d.chance(25))
      return {{.what = d.of({action::compute_inline, action::reverse_inline}), .tensor = all[0].tensor}};
    if (!d.chance(60)) return all;
    step s{.what = action::store_at, .tensor = all[0].tensor};
    if (d.chance(60)) s.loops.push_back(name_of(d.of(loops)));
    all.push_back(s);
    if (d.chance(70)) all.push_back({.what = action::slide, .tensor = s.tensor});
    if (d.chance(60)) {
      step fold{.what = action::fold_storage, .tensor = s.tensor};
      fold.numbers.push_back(d.from(0, 1));
      fold.numbers.push_back(d.of({1, 2, 4, 8}));
      all.push_back(fold);
    }
    return all;
  }

  /// The same mark for some loop, more often for one inside of others.
  step draw_mark(action what) {
    step s{.what = what};
    if (loops.empty()) return on_tensor(action::stream);
    std::vector<ir::node_id> all = path();
    for (int n = 0; n < 2; ++n) {
      std::vector<ir::node_id> const other = path();
      if (other.size() > all.size()) all = other;
    }
    s.loops.push_back(
        name_of(what == action::parallel ? all.front() : all[all.size() - 1 - d.below(d.chance(60) ? 1 : all.size())]));
    return s;
  }

  step draw() {
    if (loops.empty()) return on_tensor(action::place);
    switch (d.from(0, 31)) {
      case 0:
      case 1:
      case 2:
      case 3:
      case 4:
      case 5: {
        step s = on_loop(action::split);
        s.numbers.push_back(d.chance(70) ? d.of({2, 3, 4, 8}) : d.from(1, 10));
        s.policy = d.of({tail::exact, tail::guard, tail::guard, tail::mask, tail::peel, tail::shift, tail::pad});
        return s;
      }
      case 6: {
        step s = on_loop(action::split_parts);
        s.numbers.push_back(d.from(1, 4));
        s.policy = d.of({tail::exact, tail::guard, tail::peel});
        return s;
      }
      case 7: return nested(action::fuse);
      case 8:
      case 9:
      case 10:
      case 11: return reorder();
      case 12: return on_loop(action::vectorize);
      case 13: return on_loop(action::unroll);
      case 14: return on_loop(d.chance(60) ? action::parallel : action::virtual_thread);
      case 15: {
        step s = on_loop(action::peel);
        if (d.chance(50)) s.numbers.push_back(d.from(1, 3));
        return s;
      }
      case 16: return specialize();
      case 17:
      case 18: return at_loop(action::compute_at);
      case 19: return d.chance(50) ? on_tensor(action::compute_inline) : on_tensor(action::compute_root);
      case 20: return d.chance(50) ? on_tensor(action::reverse_inline) : at_loop(action::reverse_compute_at);
      case 21: {
        step s = at_loop(action::store_at);
        if (d.chance(50)) s.loops.pop_back();
        return s;
      }
      case 22: return on_tensor(action::slide);
      case 23: {
        step s = on_tensor(action::fold_storage);
        s.numbers.push_back(d.from(0, 1));
        s.numbers.push_back(d.of({1, 2, 4, 8}));
        return s;
      }
      case 24:
      case 25:
      case 26: return cache();
      case 27: return nested(d.chance(50) ? action::carry : action::decompose);
      case 28: return on_loop(action::rfactor);
      case 29:
      case 30: return on_tensor(action::in_place);
      default: return odd();
    }
  }

 private:
  loop_name name_of(ir::node_id loop) {
    ir::axis const& a = p[p[loop].axis()];
    return {d.chance(80) ? p[a.stage].name : label{}, a.name};
  }
  tensor_name tensor() { return {p[between.empty() || d.chance(40) ? d.of(buffers) : d.of(between)].name}; }

  step on_loop(action what) {
    step s{.what = what};
    s.loops.push_back(name_of(d.of(loops)));
    return s;
  }
  step on_tensor(action what) { return {.what = what, .tensor = tensor()}; }
  step at_loop(action what) {
    step s = on_loop(what);
    s.tensor = tensor();
    return s;
  }

  /// The loops around (and including) one, outermost first.
  std::vector<ir::node_id> path() {
    std::vector<ir::node_id> all{};
    for (ir::node_id id = d.of(loops); id != ir::node_id::none; id = ir::parent_of(p, id)) {
      if (p[id].what == ir::op::loop) all.insert(all.begin(), id);
    }
    return all;
  }

  /// Two loops, mostly one directly inside the other; a reduction's loop first where that is meant.
  step nested(action what) {
    step s{.what = what};
    std::vector<ir::node_id> const all = path();
    std::size_t const n = d.below(all.size());
    std::size_t const other = all.size() > 1 ? (n == 0 ? 1 : n - 1) : n;
    s.loops.push_back(name_of(all[what == action::fuse ? std::min(n, other) : all.size() - 1]));
    s.loops.push_back(name_of(all[what == action::fuse ? std::max(n, other) : n]));
    return s;
  }

  step reorder() {
    step s{.what = action::reorder};
    std::vector<ir::node_id> all = path();
    if (d.chance(70)) {
      // The deepest path there is, so that reductions take part.
      for (int n = 0; n < 4; ++n) {
        std::vector<ir::node_id> const other = path();
        if (other.size() > all.size()) all = other;
      }
    }
    for (std::size_t n = all.size(); n > 1; --n) std::swap(all[n - 1], all[d.below(n)]);
    std::size_t const kept =
        all.size() < 3 || d.chance(70) ? all.size() : static_cast<std::size_t>(d.from(2, static_cast<int>(all.size())));
    for (std::size_t n = 0; n < kept && n < 10; ++n) s.loops.push_back(name_of(all[n]));
    return s;
  }

  step specialize() {
    step s{.what = action::specialize};
    s.word = p.parameters.size() > 1 ? p.parameters[1].name : label{"M"};
    s.numbers.push_back(d.from(1, 9));
    return s;
  }

  step cache() {
    step s{.what = action::cache,
           .tensor = tensor(),
           .word = d.of({label{}, label{}, label{"stack"}, label{"workspace"}})};
    std::vector<ir::node_id> all = path();
    for (int n = 0; n < 2; ++n) {
      std::vector<ir::node_id> const other = path();
      if (other.size() > all.size()) all = other;
    }
    std::size_t const at = d.below(all.size());
    s.loops.push_back(name_of(all[at]));
    if (d.chance(40)) return s;
    // The loops inside that an index of the tensor has, in some order.
    std::vector<ir::node_id> inside{};
    for (std::size_t n = at + 1; n < all.size(); ++n) {
      if (reads(all[n], s.tensor)) inside.push_back(all[n]);
    }
    for (std::size_t n = inside.size(); n > 1; --n) std::swap(inside[n - 1], inside[d.below(n)]);
    for (std::size_t n = 0; n < inside.size() && n < 8; ++n) s.loops.push_back(name_of(inside[n]));
    return s;
  }
  bool reads(ir::node_id loop, tensor_name const& what) {
    bool found = false;
    for (std::size_t n = 1; n < p.accesses.size(); ++n) {
      ir::access const& a = p.accesses[n];
      if (p[a.of].name != what.name) continue;
      for (int k = 0; k < a.rank; ++k) found |= ir::depends_on(p, a.at[k], p[loop].axis());
    }
    return found || d.chance(10);
  }

  step odd() {
    switch (d.from(0, 5)) {
      case 0: {
        step s = on_tensor(action::place);
        s.word = d.of({space::registers, space::stack, space::workspace}).name;
        return s;
      }
      case 1: {
        step s = on_tensor(action::align);
        s.numbers.push_back(d.of({16, 32, 64, 24}));
        if (d.chance(50)) s.numbers.push_back(d.from(0, 3));
        return s;
      }
      case 2: return on_tensor(action::stream);
      case 3: {
        step s = at_loop(action::prefetch);
        s.numbers.push_back(d.from(1, 4));
        return s;
      }
      case 4: {
        step s = on_loop(action::bind);
        s.word = d.of({label{"block_x"}, label{"thread_x"}});
        return s;
      }
      default: return on_loop(d.chance(50) ? action::serial : action::virtual_thread);
    }
  }

  dice& d;
  ir::program const& p;
  std::vector<ir::node_id> loops{};
  std::vector<ir::buffer_id> buffers{};
  std::vector<ir::buffer_id> between{};  // what stages hand to each other
};

}  // namespace tenon::fuzz
