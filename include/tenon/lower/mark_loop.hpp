#pragma once

#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/extent.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

constexpr ir::loop_kind kind_of(step const& s) {
  switch (s.what) {
    case action::unroll: return ir::loop_kind::unrolled;
    case action::vectorize: return ir::loop_kind::vectorized;
    case action::parallel: return ir::loop_kind::parallel;
    case action::virtual_thread: return ir::loop_kind::virtual_thread;
    case action::bind: break;
    default: return ir::loop_kind::serial;
  }
  constexpr text_view names[]{"block_x", "block_y", "block_z", "thread_x", "thread_y", "thread_z"};
  for (int n = 0; n < 6; ++n) {
    if (text_view(s.word) == names[n]) return static_cast<ir::loop_kind>(static_cast<int>(ir::loop_kind::block_x) + n);
  }
  return ir::loop_kind::serial;
}

/// Whether a loop of kind `inner` may stand inside one of kind `outer`; both are those of the step and another loop.
constexpr bool may_stand_inside(ir::loop_kind outer, ir::loop_kind inner) {
  using enum ir::loop_kind;
  if (outer == vectorized) return inner == serial || inner == unrolled;
  if (outer == parallel) return inner != parallel;
  bool const hardware = outer >= block_x && outer <= thread_z;
  return !(hardware && outer == inner);
}

/// Loops around and inside those over one axis, looked through for what cannot stand together.
class neighbours {
 public:
  constexpr neighbours(ir::program const& in, ir::axis_id of, ir::loop_kind to) : p(in), id(of), kind(to) {
    look(p.root, false);
  }

  ir::axis_id around{};  // a loop that must not stand around this one
  ir::axis_id inside{};  // nor inside it

 private:
  constexpr void look(ir::node_id at, bool under) {
    if (at == ir::node_id::none) return;
    ir::node const n = p[at];
    switch (n.what) {
      case ir::op::loop: {
        ir::axis_id const a = n.axis();
        bool const own = a == id;
        if (under && !may_stand_inside(kind, p[a].kind)) inside = a;
        if (own) {
          for (ir::axis_id outer : path) {
            if (!may_stand_inside(p[outer].kind, kind)) around = outer;
          }
        }
        path.push_back(a);
        look(n.a, under || own);
        path.pop_back();
        break;
      }
      case ir::op::block:
        look(n.a, under);
        look(n.b, under);
        break;
      case ir::op::when:
        look(n.b, under);
        look(n.c, under);
        break;
      case ir::op::allocate:
      case ir::op::together:
      case ir::op::tensorized: look(n.a, under); break;
      default: break;
    }
  }

  ir::program const& p;
  ir::axis_id id;
  ir::loop_kind kind;
  static_vector<ir::axis_id, 64> path{};
};

constexpr text_view spoken(ir::loop_kind k) {
  using enum ir::loop_kind;
  constexpr text_view names[]{
      "serial",           "unrolled",         "vectorized",        "parallel",          "bound to block_x",
      "bound to block_y", "bound to block_z", "bound to thread_x", "bound to thread_y", "bound to thread_z",
      "a virtual thread"};
  return names[static_cast<int>(k)];
}

/// Whether a turn of the loop goes on with what the turn before left in some tensor, as in a sum that is carried.
constexpr bool is_carried(ir::program const& p, ir::axis_id id) {
  bool local[decltype(p.buffers)::capacity]{};
  bool read[decltype(p.buffers)::capacity]{};
  bool found = false;
  ir::each_statement(p, p.root, [&](ir::node_id at) {
    if (p[at].what != ir::op::loop || p[at].axis() != id) return;
    ir::each_statement(p, p[at].a, [&](ir::node_id inner) {
      if (p[inner].what == ir::op::allocate) local[p[inner].x] = true;
      ir::each_value_of(p, inner, [&](ir::node_id v) {
        if (p[v].what == ir::op::load) read[static_cast<std::size_t>(p[p[v].access()].of)] = true;
      });
    });
    ir::each_statement(p, p[at].a, [&](ir::node_id inner) {
      if (p[inner].what != ir::op::store || p[inner].value != 0) return;
      auto const of = static_cast<std::size_t>(p[p[inner].access()].of);
      found |= !local[of] && read[of];
    });
  });
  return found;
}

/// Why the loop cannot run this way, or nothing.
constexpr text refuse_mark(ir::program const& p, step const& s, ir::axis_id id, ir::loop_kind kind) {
  using enum ir::loop_kind;
  ir::axis const& a = p[id];
  text sentence{};
  bool const constant = ir::is_constant(p, a.extent);
  if (!constant && (kind == unrolled || kind == vectorized || kind == virtual_thread)) {
    return sentence << s << ": " << a.name << " runs " << written_extent(p, a.extent)
                    << " times, which only a kernel's caller knows; split it by a constant, and take "
                    << a.name.part("inner");
  }
  if (a.reduces && (kind == parallel || kind == virtual_thread || (kind >= block_x && kind <= thread_z))) {
    sentence << s << ": the iterations of " << a.name
             << " add to one result, and several at once would overwrite it; take a loop "
             << "of " << p[a.stage].name << "'s own";
    return kind == parallel ? sentence << ", or rfactor(" << a.name << ") first" : sentence;
  }
  if (a.reduces && kind == vectorized && is_carried(p, id)) {
    return sentence << s << ": each turn of " << a.name
                    << " goes on with what the one before left; vectorize a loop of " << p[a.stage].name << "'s own";
  }
  neighbours const near{p, id, kind};
  if (near.around != ir::axis_id::none) {
    return sentence << s << ": it stands inside " << p[near.around].name << ", which is " << spoken(p[near.around].kind)
                    << "; reorder them, or take back that one with serial(" << p[near.around].name << ")";
  }
  if (near.inside != ir::axis_id::none) {
    return sentence << s << ": it stands around " << p[near.inside].name << ", which is " << spoken(p[near.inside].kind)
                    << "; reorder them, or take back that one with serial(" << p[near.inside].name << ")";
  }
  return sentence;
}

}  // namespace detail

/// Says how the iterations of a loop are carried out.
///
///     for i in 0..n     =>     for i in 0..n, parallel
///
/// Needs: a constant extent to unroll or vectorize; a loop that is not a reduction's to share among threads; no vectorized loop
/// inside another, no parallel one inside another, nothing shared among threads inside a vectorized one.
/// Keeps: every iteration. A vectorized loop of a reduction adds its terms in another order.
constexpr ir::program mark_loop(ir::program p, step const& s) {
  named_axes const found = find_axes(p, s, s.loops[0]);
  if (found.refused) return ir::refuse(p, found.refused.sentence);
  ir::loop_kind const kind = detail::kind_of(s);
  if (s.what == action::bind && kind == ir::loop_kind::serial) {
    return ir::refuse(p, text{} << s << ": there is no " << s.word
                                << "; there are block_x, block_y, block_z, thread_x, thread_y and thread_z");
  }
  for (ir::axis_id a : found.axes) {
    text const why = kind == ir::loop_kind::serial ? text{} : detail::refuse_mark(p, s, a, kind);
    if (!why.empty()) return ir::refuse(p, why);
  }
  for (ir::axis_id a : found.axes) p[a].kind = kind;
  return p;
}

}  // namespace tenon::lower
