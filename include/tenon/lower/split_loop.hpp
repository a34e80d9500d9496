#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/copy_nest.hpp>
#include <tenon/lower/extent.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// One axis on its way to being two.
class axis_split {
 public:
  constexpr axis_split(ir::program& in, step const& line, ir::axis_id which)
      : p(in), s(line), id(which), old(in[which]) {
    ir::each_statement(p, p.root, [&](ir::node_id n) {
      if (p[n].what == ir::op::loop && p[n].axis() == id) loops.push_back(n);
    });
  }

  /// Why not, or nothing.
  constexpr text run() {
    if (old.kind != ir::loop_kind::serial) {
      return text{} << s << ": an earlier step says how " << old.name << " runs; split first, then mark "
                    << old.name.part("outer") << " or " << old.name.part("inner");
    }
    std::int64_t const number = s.numbers[0];
    std::int64_t const constant = ir::constant_or(p, old.extent, 0);
    exact = divides(p, number, old.extent);
    if (s.what == action::split_parts) {
      factor = ir::add_index(p, ir::op::floor_div, ir::add_index(p, ir::op::add, old.extent, exact ? 0 : number - 1),
                             number);
      outer_extent = ir::add_index(p, number);
    } else {
      factor = ir::add_index(p, number);
      outer_extent = ir::add_index(p, ir::op::floor_div,
                                   ir::add_index(p, ir::op::add, old.extent, exact ? 0 : number - 1), number);
    }
    if (exact) {
      make_axes(outer_extent, factor);
      return in_place(plain_start());
    }
    switch (s.policy) {
      case tail::exact: return refuse_remainder(number);
      case tail::guard:
      case tail::mask: {
        make_axes(outer_extent, factor);
        in_place(plain_start());
        ir::node_id const index = p.add(sum);
        for (ir::node_id l : loops) guard(p[l].a, index);
        return {};
      }
      case tail::peel: return peel(constant);
      case tail::shift: return shift(constant);
      case tail::pad: return pad();
    }
    return {};
  }

 private:
  constexpr text refuse_remainder(std::int64_t number) {
    text sentence{};
    sentence << s << ": " << old.name << " runs " << written_extent(p, old.extent) << " times, and ";
    step other = s;
    other.policy = tail::guard;
    if (ir::is_constant(p, old.extent)) {
      sentence << number << " does not divide " << p[old.extent].value;
    } else {
      sentence << "nothing says that " << number << " divides that";
    }
    return sentence << "; take a factor that divides it, or say what happens to the rest: " << other;
  }

  constexpr void make_axes(ir::node_id outer_times, ir::node_id inner_times) {
    ir::axis made = old;
    made.name = old.name.part("outer");
    made.extent = outer_times;
    outer = p.add(made);
    made.name = old.name.part("inner");
    made.extent = inner_times;
    inner = p.add(made);
  }

  constexpr ir::node_id plain_start() { return ir::add_index(p, ir::op::mul, ir::add_counter(p, outer), factor); }

  /// Every counter of the old axis becomes the sum, and every loop over it two loops.
  constexpr text in_place(ir::node_id start) {
    sum = ir::node{.what = ir::op::add, .type = ir::index_type, .a = start, .b = ir::add_counter(p, inner)};
    for (ir::node& n : p.nodes) {
      if (n.what == ir::op::counter && n.axis() == id) n = sum;
    }
    for (ir::node_id l : loops) {
      ir::node_id const body = ir::add_loop(p, inner, p[l].a);
      p[l] = {.what = ir::op::loop, .x = static_cast<std::uint16_t>(outer), .a = body};
    }
    return {};
  }

  /// Stores under the statement happen only while `index` is inside the old extent.
  constexpr void guard(ir::node_id under, ir::node_id index) {
    ir::node_id const inside = ir::add_binary(p, ir::op::less, index, old.extent);
    ir::each_statement(p, under, [&](ir::node_id n) {
      if (p[n].what == ir::op::store) {
        ir::node_id const both = ir::add_both(p, p[n].b, inside);
        p[n].b = both;
      }
    });
  }

  /// What the factor leaves over is done by a copy of the nest. If we know how much that is, neither has a condition.
  constexpr text peel(std::int64_t constant) {
    if (s.what == action::split_parts) return refuse_tail("one of so many equal parts is not left over", tail::guard);
    std::int64_t const f = s.numbers[0];
    if (constant > 0 && constant < f) {
      factor = old.extent;
      make_axes(ir::add_index(p, 1), factor);
      return in_place(plain_start());
    }
    ir::node_id const whole = ir::add_index(p, ir::op::floor_div, old.extent, f);
    ir::node_id const done = ir::add_index(p, ir::op::mul, whole, f);
    bool const known = constant > 0;
    make_axes(known ? ir::add_index(p, 1)
                    : ir::add_index(p, ir::op::min, ir::add_index(p, ir::op::floor_mod, old.extent, f), 1),
              known ? ir::add_index(p, constant % f) : factor);
    ir::node_id const index = ir::add_index(p, ir::op::add, ir::add_counter(p, inner), done);
    nest_copy copy{p};
    copy.replace(id, index);
    static_vector<ir::node_id, 64> rests{};
    for (ir::node_id l : loops) {
      ir::node_id const body = copy.nest(p[l].a);
      if (!known) guard(body, index);
      rests.push_back(ir::add_loop(p, outer, ir::add_loop(p, inner, body)));
    }
    make_axes(whole, factor);
    in_place(plain_start());
    for (std::size_t n = 0; n < loops.size(); ++n) {
      ir::node_id const main = p.add(ir::node(p[loops[n]]));
      p[loops[n]] = {.what = ir::op::block, .a = main, .b = rests[n]};
    }
    return {};
  }

  constexpr text refuse_tail(char const* why, tail instead) {
    step other = s;
    other.policy = instead;
    return text{} << s << ": " << why << "; use " << other;
  }

  /// The last tile starts earlier, so that it ends where the extent does, and computes some elements again.
  constexpr text shift(std::int64_t constant) {
    std::int64_t const f = s.what == action::split_parts ? ir::constant_or(p, factor, 0) : s.numbers[0];
    if (old.reduces) return refuse_tail("terms of a reduction would be added twice", tail::guard);
    if (constant == 0)
      return refuse_tail("a run-time extent may be less than one tile, which then cannot be shifted", tail::guard);
    if (constant < f) {
      return text{} << s << ": " << old.name << " runs " << constant
                    << " times, less than one tile; take a factor of at most " << constant;
    }
    for (ir::node_id l : loops) {
      ir::buffer_id const again = twice_changed(p[l].a);
      if (again != ir::buffer_id::none) {
        text why{};
        why << p[again].name << " is read and written inside " << old.name
            << ", and some of it would be computed again";
        step other = s;
        other.policy = tail::guard;
        return text{} << s << ": " << text_view(why) << "; use " << other;
      }
    }
    make_axes(outer_extent, factor);
    ir::node_id const last = ir::add_index(p, constant - f);
    return in_place(ir::add_index(p, ir::op::min, plain_start(), last));
  }

  /// A buffer from outside the loop that is both read and written in it.
  constexpr ir::buffer_id twice_changed(ir::node_id under) {
    bool own[decltype(p.buffers)::capacity]{};
    bool stored[decltype(p.buffers)::capacity]{};
    bool read[decltype(p.buffers)::capacity]{};
    ir::each_statement(p, under, [&](ir::node_id n) {
      if (p[n].what == ir::op::allocate) own[p[n].x] = true;
      if (p[n].what == ir::op::store) stored[static_cast<std::size_t>(p[p[n].access()].of)] = true;
      ir::each_value_of(p, n, [&](ir::node_id v) {
        if (p[v].what == ir::op::load) read[static_cast<std::size_t>(p[p[v].access()].of)] = true;
      });
    });
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      if (stored[b] && read[b] && !own[b]) return static_cast<ir::buffer_id>(b);
    }
    return ir::buffer_id::none;
  }

  /// As `guard`, but what is stored in tensors of ours has room behind their end and needs no condition.
  constexpr text pad() {
    ir::node_id const rounded = ir::add_index(p, ir::op::mul, outer_extent, factor);
    struct room {
      ir::node_id store{};
      bool reads = false;
    };
    static_vector<room, 32> unconditional{};
    for (ir::node_id l : loops) {
      ir::each_statement(p, p[l].a, [&](ir::node_id n) {
        if (p[n].what != ir::op::store || unconditional.full()) return;
        ir::access const& to = p[p[n].access()];
        if (p[to.of].use != ir::role::temporary || p[to.of].accumulates) return;
        int moving = 0;
        for (int d = 0; d < to.rank; ++d) moving += ir::depends_on(p, to.at[d], id);
        if (moving != 1) return;
        for (int d = 0; d < to.rank; ++d) {
          bool const plain = p[to.at[d]].what == ir::op::counter && p[to.at[d]].axis() == id;
          if (!plain || !ir::same_value(p, p[to.of].extents[d], old.extent)) continue;
          bool reads = false;
          ir::each_value(p, p[n].a, [&](ir::node_id v) { reads |= p[v].what == ir::op::load; });
          p[to.of].extents[d] = rounded;
          unconditional.push_back({n, reads});
          return;
        }
      });
    }
    make_axes(outer_extent, factor);
    in_place(plain_start());
    ir::node_id const inside = ir::add_binary(p, ir::op::less, p.add(sum), old.extent);
    for (ir::node_id l : loops) {
      ir::each_statement(p, p[l].a, [&](ir::node_id n) {
        if (p[n].what != ir::op::store) return;
        for (room const& r : unconditional) {
          if (r.store != n) continue;
          // What the value reads may end where the extent does, so behind it a zero is stored.
          if (r.reads) {
            element const type = p[p[n].a].type;
            ir::node_id const zero = ir::is_float(type) ? ir::add_real(p, type, 0) : ir::add_integer(p, type, 0);
            ir::node_id const value =
                p.add(ir::node{.what = ir::op::guarded, .type = type, .a = inside, .b = p[n].a, .c = zero});
            p[n].a = value;
          }
          return;
        }
        ir::node_id const both = ir::add_both(p, p[n].b, inside);
        p[n].b = both;
      });
    }
    return {};
  }

  ir::program& p;
  step const& s;
  ir::axis_id id;
  ir::axis old;
  ir::axis_id outer{};
  ir::axis_id inner{};
  ir::node_id factor{};
  ir::node_id outer_extent{};
  ir::node sum{};
  bool exact = false;
  static_vector<ir::node_id, 64> loops{};
};

}  // namespace detail

/// Turns one loop into two.
///
///     for i in 0..n          for i.outer in 0..n/f
///       S(i)           =>      for i.inner in 0..f
///                                S(i.outer * f + i.inner)
///
/// Needs: a loop of that name, and a factor that divides its extent or a policy for the tail.
/// Keeps: every iteration, in the same order; with `tail::shift` some are done twice.
constexpr ir::program split_loop(ir::program p, step const& s) {
  named_axes const found = find_axes(p, s, s.loops[0]);
  if (found.refused) return ir::refuse(p, found.refused.sentence);
  if (s.numbers[0] < 1)
    return ir::refuse(p, text{} << s << ": a loop cannot be cut into " << s.numbers[0] << "; take at least 1");
  for (ir::axis_id a : found.axes) {
    text const why = detail::axis_split{p, s, a}.run();
    if (!why.empty()) return ir::refuse(p, why);
  }
  return p;
}

}  // namespace tenon::lower
