#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>

#include "fuzz/dice.hpp"
#include "support/programs.hpp"

namespace tenon::fuzz {

/// An operator in staged form, and the run-time extents to run it with.
struct drawn_operator {
  ir::program program{};
  std::vector<std::int64_t> parameters{};
};

/// Draws operators of one to three stages whose results are exact in their types, in whatever order sums are added.
class operator_drawer {
 public:
  explicit operator_drawer(dice& with) : d(with) {}

  drawn_operator draw() {
    type = d.of({element::f32, element::f32, element::f32, element::f32, element::f64, element::i32, element::i32,
                 element::i8, element::u8, element::i64, element::f16, element::bf16});
    if (d.chance(15)) draw_parameter();
    auto const stages = d.of<std::size_t>({1, 1, 2, 2, 3});
    std::vector<bool> is_output{};
    for (std::size_t s = 0; s < stages; ++s) is_output.push_back(s + 1 == stages || d.chance(20));
    for (int n = d.from(1, 3); n > 0; --n) {
      inputs.push_back({m.tensor(name("abc", inputs.size()), type, ir::role::input), 4, false});
    }
    std::vector<ir::buffer_id> targets(stages);
    for (bool outputs_now : {true, false}) {
      for (std::size_t s = 0; s < stages; ++s) {
        if (is_output[s] != outputs_now) continue;
        targets[s] = m.tensor(name("stu", s), type, is_output[s] ? ir::role::output : ir::role::temporary);
      }
    }
    for (std::size_t s = 0; s < stages; ++s) stage(targets[s], s + 1 == stages);
    return {m.done(), actual};
  }

 private:
  struct tensor {
    ir::buffer_id id{};
    double bound = 0;   // no element is further from 0
    bool shaped = false;
  };
  struct running {
    ir::axis_id id{};
    int extent = 0;
    bool at_run_time = false;
  };
  struct value {
    ir::node_id node{};
    double bound = 0;
  };

  static label name(char const* letters, std::size_t n) { return label{std::string_view(letters + n, 1)}; }
  bool is_real() const { return ir::is_float(type); }
  /// What a whole number may reach and still be exact.
  double most() const {
    switch (type) {
      case element::f16: return 2048;
      case element::bf16: return 256;
      case element::f32: return 1 << 22;
      default: return is_real() ? 1e15 : 1e300;
    }
  }

  void draw_parameter() {
    std::int64_t const divisor = d.of({1, 1, 2, 3, 4});
    std::int64_t const value = divisor * d.from(1, static_cast<int>(9 / divisor));
    std::int64_t const bound = d.chance(50) ? 0 : d.of({9, 12, 16});
    run_time = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M", .bound = bound, .divisor = divisor}));
    actual.push_back(value);
  }

  running axis(ir::buffer_id stage, label called, int most_extent, bool may_be_run_time) {
    if (may_be_run_time && run_time != ir::node_id::none && d.chance(50)) {
      return {m.axis(stage, called, run_time), static_cast<int>(actual[0]), true};
    }
    int const extent = d.chance(20) ? d.of({8, 12, 16}) : d.from(1, most_extent);
    return {m.axis(stage, called, extent), extent, false};
  }

  void stage(ir::buffer_id target, bool last) {
    here = target;
    spatial.clear();
    reduced.clear();
    if (!done.empty() && m.p[done.back().id].rank > 0 && d.chance(50)) return follower(target);
    int const rank = d.of({0, 1, 1, 2, 2, 2, 2, 3});
    for (int n = 0; n < rank; ++n)
      spatial.push_back(axis(target, name("ijl", static_cast<std::size_t>(n)), rank == 3 ? 5 : 9, true));
    ir::buffer& made = m.p[target];
    std::vector<ir::axis_id> axes{};
    for (running const& a : spatial) {
      made.extents[made.rank++] = m.p[a.id].extent;
      axes.push_back(a.id);
    }
    if (last && m.p[target].use == ir::role::output && d.chance(8)) {
      made.type = element::i64;
      running const k = axis(target, "k", 6, false);
      reduced.push_back(k);
      value const term = sum_of_reads(1);
      m.stage(target, axes, m.argmax(target, k.id, term.node));
      return;
    }
    int const reductions = d.of({0, 0, 0, 1, 1, 1, 1, 2});
    value all = reductions == 0 || d.chance(20) ? sum_of_reads(2) : value{};
    for (int n = 0; n < reductions; ++n) {
      value const made_here = reduction(n);
      all = all.node == ir::node_id::none ? made_here : both(all, made_here);
    }
    reduced.clear();
    if (d.chance(40)) all = decorated(all);
    m.stage(target, axes, ir::add_cast(m.p, type, all.node));
    done.push_back({target, all.bound, true});
  }

  /// A stage of windows of the one before: an elementwise function where all windows are of one element.
  void follower(ir::buffer_id target) {
    tensor const before = done.back();
    ir::buffer const from = m.p[before.id];
    std::vector<ir::axis_id> axes{};
    std::vector<int> window{};
    for (int n = 0; n < from.rank; ++n) {
      bool const fixed = m.p[from.extents[n]].what == ir::op::constant;
      int const extent = fixed ? static_cast<int>(m.p[from.extents[n]].value) : static_cast<int>(actual[0]);
      int const more = fixed ? std::min(extent - 1, d.of({0, 0, 1, 2})) : 0;
      label const called = name("ijl", static_cast<std::size_t>(n));
      axes.push_back(fixed ? m.axis(target, called, extent - more) : m.axis(target, called, from.extents[n]));
      spatial.push_back({axes.back(), extent - more, !fixed});
      window.push_back(more);
      m.p[target].extents[m.p[target].rank++] = m.p[axes.back()].extent;
    }
    value all{};
    for (int reads = d.from(1, 3); reads > 0; --reads) {
      std::vector<ir::node_id> where{};
      for (std::size_t n = 0; n < axes.size(); ++n)
        where.push_back(ir::add_index(m.p, ir::op::add, m.at(axes[n]), d.from(0, window[n])));
      value const element{m.load(before.id, where), before.bound};
      all = all.node == ir::node_id::none ? element : both(all, element);
    }
    if (d.chance(40)) all = decorated(all);
    m.stage(target, axes, ir::add_cast(m.p, type, all.node));
    done.push_back({target, all.bound, true});
  }

  value reduction(int which) {
    reduced.clear();
    int const count = d.of({1, 1, 2});
    double terms = 1;
    std::vector<ir::axis_id> over{};
    for (int n = 0; n < count; ++n) {
      label const called = name(which == 0 ? "km" : "rq", static_cast<std::size_t>(n));
      reduced.push_back(axis(here, called, count == 1 ? 9 : 4, n == 0 && d.chance(30)));
      terms *= reduced.back().at_run_time ? 16 : reduced.back().extent;
      over.push_back(reduced.back().id);
    }
    value term = sum_of_reads(1);
    if (d.chance(50)) {
      value const other = sum_of_reads(1);
      if (term.bound * other.bound * terms <= most() && term.bound * other.bound <= 1e9) {
        term = {m.binary(ir::op::mul, term.node, other.node), term.bound * other.bound};
      }
    }
    bool const fits = term.bound * terms <= most();
    ir::reduction_kind const kind =
        fits && d.chance(80) ? ir::reduction_kind::sum : d.of({ir::reduction_kind::max, ir::reduction_kind::min});
    ir::node_id const made = m.reduce(here, kind, over, term.node);
    return {ir::add_cast(m.p, type, made), kind == ir::reduction_kind::sum ? term.bound * terms : term.bound + 64};
  }

  value both(value a, value b) {
    if (a.bound + b.bound <= most() && d.chance(70))
      return {m.binary(d.of({ir::op::add, ir::op::sub}), a.node, b.node), a.bound + b.bound};
    return {m.binary(d.of({ir::op::min, ir::op::max}), a.node, b.node), a.bound + b.bound};
  }

  value sum_of_reads(int at_most) {
    value all = read();
    for (int n = d.from(1, at_most); n > 1; --n) all = both(all, read());
    return all;
  }

  value decorated(value v) {
    auto const number = [&](int n) { return is_real() ? ir::add_real(m.p, type, n) : ir::add_integer(m.p, type, n); };
    switch (d.from(0, 4)) {
      case 0: return {m.binary(ir::op::max, v.node, number(0)), v.bound};
      case 1: return {ir::add_unary(m.p, is_real() ? ir::op::absolute : ir::op::bit_not, v.node), v.bound + 1};
      case 2: {
        ir::node_id const less = m.binary(ir::op::less, v.node, number(1));
        value const other = read();
        return {m.p.add(ir::node{.what = ir::op::select, .type = type, .a = less, .b = other.node, .c = v.node}),
                v.bound + other.bound};
      }
      case 3: {
        if (spatial.empty()) return v;
        ir::node_id const less = m.binary(ir::op::less, m.at(d.of(spatial).id), ir::add_index(m.p, d.from(0, 5)));
        value const other = read();
        return {m.p.add(ir::node{.what = ir::op::guarded, .type = type, .a = less, .b = v.node, .c = other.node}),
                v.bound + other.bound};
      }
      default: return both(v, read());
    }
  }

  /// An element of a tensor: an input, or what an earlier stage made.
  value read() {
    tensor* from = &inputs[d.below(inputs.size())];
    if (!done.empty() && d.chance(65)) from = &done[d.chance(70) ? done.size() - 1 : d.below(done.size())];
    std::vector<running> axes = spatial;
    axes.insert(axes.end(), reduced.begin(), reduced.end());
    if (!from->shaped) {
      from->shaped = true;
      return {shape_and_read(*from, axes), from->bound};
    }
    std::vector<ir::node_id> where{};
    ir::node_id inside = ir::node_id::none;
    ir::buffer const made = m.p[from->id];
    for (int n = 0; n < made.rank; ++n) where.push_back(index(made.extents[n], axes, inside));
    ir::node_id const element = m.load(from->id, where);
    if (inside == ir::node_id::none) return {element, from->bound};
    ir::node_id const outside =
        is_real() ? ir::add_real(m.p, type, d.from(0, 1)) : ir::add_integer(m.p, type, d.from(0, 1));
    return {m.p.add(ir::node{.what = ir::op::guarded, .type = type, .a = inside, .b = element, .c = outside}),
            from->bound + 1};
  }

  /// Gives an input the shape that some indices need: counters, sums of two, and shifted ones.
  ir::node_id shape_and_read(tensor& from, std::vector<running> axes) {
    std::vector<ir::node_id> where{};
    for (int n = d.from(axes.empty() ? 0 : 1, 3); n > 0 && !axes.empty(); --n) {
      std::size_t const which = d.below(axes.size());
      running const a = axes[which];
      axes.erase(axes.begin() + static_cast<std::ptrdiff_t>(which));
      ir::node_id index = m.at(a.id);
      ir::node_id extent = m.p[a.id].extent;
      if (!a.at_run_time && d.chance(25) && !axes.empty() && !axes.back().at_run_time) {
        int const factor = d.of({1, 1, 2});
        index = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, index, factor), m.at(axes.back().id));
        extent = ir::add_index(m.p, (a.extent - 1) * factor + axes.back().extent);
      } else if (!a.at_run_time && d.chance(20)) {
        int const by = d.from(1, 2);
        index = ir::add_index(m.p, ir::op::add, index, by);
        extent = ir::add_index(m.p, a.extent + by);
      }
      where.push_back(index);
      m.p[from.id].extents[m.p[from.id].rank++] = extent;
    }
    return m.load(from.id, where);
  }

  /// An index for a dimension that is given: a counter that stays inside, or any with a boundary.
  ir::node_id index(ir::node_id extent, std::vector<running> const& axes, ir::node_id& inside) {
    bool const fixed = m.p[extent].what == ir::op::constant;
    std::vector<running> fitting{};
    for (running const& a : axes) {
      if (fixed ? !a.at_run_time && a.extent <= m.p[extent].value : a.at_run_time) fitting.push_back(a);
    }
    if (!fitting.empty() && d.chance(75)) return m.at(d.of(fitting).id);
    if (axes.empty() || d.chance(10))
      return ir::add_index(m.p, fixed ? d.from(0, static_cast<int>(m.p[extent].value) - 1) : 0);
    ir::node_id free = m.at(d.of(axes).id);
    if (d.chance(30)) free = ir::add_index(m.p, ir::op::add, free, m.at(d.of(axes).id));
    free = ir::add_index(m.p, ir::op::add, free, d.from(-2, 2));
    switch (d.from(0, 3)) {
      case 0: {
        ir::node_id const last = ir::add_index(m.p, ir::op::sub, extent, 1);
        return ir::add_index(m.p, ir::op::min, ir::add_index(m.p, ir::op::max, free, 0), last);
      }
      case 1: return ir::add_index(m.p, ir::op::floor_mod, free, extent);
      default:
        inside = ir::add_both(m.p, inside, m.binary(ir::op::less_equal, ir::add_index(m.p, 0), free));
        inside = ir::add_both(m.p, inside, m.binary(ir::op::less, free, extent));
        return free;
    }
  }

  dice& d;
  programs::maker m{};
  element type = element::f32;
  ir::node_id run_time = ir::node_id::none;
  std::vector<std::int64_t> actual{};
  std::vector<tensor> inputs{};
  std::vector<tensor> done{};
  ir::buffer_id here{};
  std::vector<running> spatial{};
  std::vector<running> reduced{};
};

}  // namespace tenon::fuzz
