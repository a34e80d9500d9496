#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/lower/meeting_loop.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/parents.hpp>
#include <tenon/schedule/step.hpp>

namespace tenon::lower {

namespace detail {

/// One store whose value is computed in a temporary that it reads.
class store_in_place {
 public:
  constexpr store_in_place(ir::program& program, step const& line, ir::node_id which)
      : p(program), s(line), store(which) {}

  constexpr void run() {
    find_temporary();
    if (!p.refused) find_operations();
    if (p.refused || operations == 0) return;
    parents const above(p);
    check_place(above);
    if (!p.refused) check_readers();
    if (!p.refused) put_in_front(above);
  }

 private:
  /// A value on the way from what is stored to the load, and which operand leads on to it.
  struct link {
    ir::node_id value{};
    ir::node_id ir::node::* operand = nullptr;
  };

  constexpr void no(text const& why) {
    if (!p.refused) p.refused.sentence << s << ": " << why;
  }
  constexpr label const& held() const { return p[temporary].name; }

  /// The accumulator that the value reads, or the only other temporary.
  constexpr void find_temporary() {
    bool several = false;
    ir::buffer_id other = ir::buffer_id::none;
    bool several_others = false;
    ir::each_value(p, p[store].a, [&](ir::node_id v) {
      if (p[v].what != ir::op::load) return;
      ir::buffer_id const from = p[p[v].access()].of;
      if (p[from].use != ir::role::temporary) return;
      ir::buffer_id& kept = p[from].accumulates ? temporary : other;
      (p[from].accumulates ? several : several_others) |= kept != ir::buffer_id::none && kept != from;
      kept = from;
    });
    if (several || (temporary == ir::buffer_id::none && several_others)) {
      return no(text{} << s.tensor << " is made of several " << (several ? "sums" : "temporaries")
                       << ", and one has to hold the value; compute one of them in a stage of its own");
    }
    if (temporary == ir::buffer_id::none) temporary = other;
    ir::each_value_of(p, store, [&](ir::node_id v) {
      if (p[v].what != ir::op::load || p[p[v].access()].of != temporary) return;
      ++reads;
      load = v;
    });
    if (reads > 1)
      no(text{} << s.tensor << " reads " << held() << " more than once, and the first operation changes it; "
                << "compute what needs it in stages of their own");
  }

  constexpr bool leads_to_load(ir::node_id value) const {
    bool found = false;
    if (value != ir::node_id::none) ir::each_value(p, value, [&](ir::node_id v) { found |= v == load; });
    return found;
  }

  /// From the store to the load: casts, which stay with the store, and then operations.
  constexpr void find_operations() {
    ir::node_id at = p[store].a;
    while (at != load) {
      ir::node const& n = p[at];
      if (chain.full())
        return no(text{} << s.tensor << " is made of too many operations; compute some in another stage");
      bool const chooses = n.what == ir::op::select || n.what == ir::op::guarded;
      if (n.what == ir::op::load || (chooses && leads_to_load(n.a))) {
        return no(text{} << held() << " decides " << (chooses ? "between values" : "which element is read")
                         << " there, and no operation can take its place; compute that in a stage of its own");
      }
      if (n.what == ir::op::guarded) {
        return no(text{} << held() << " is read only where a condition holds, and elsewhere no element may be there to "
                         << "compute in; compute " << s.tensor << " from a stage that reads it so");
      }
      if (operations > 0 || n.what != ir::op::cast) {
        if (n.what != ir::op::list && n.type != p[temporary].type) return refuse_type(at);
        operations += n.what != ir::op::list;
      }
      chain.push_back({at, leads_to_load(n.a) ? &ir::node::a : leads_to_load(n.b) ? &ir::node::b : &ir::node::c});
      casts += operations == 0;
      at = n.*chain.back().operand;
    }
  }
  constexpr void refuse_type(ir::node_id at) {
    text const value = ir::spelled(p, at);
    text words{};
    if (value.size() < 120) words << value;
    else words << "an operation";
    no(text{} << words << " is computed in " << ir::name_of(p[at].type) << ", and " << held() << " is of "
              << ir::name_of(p[temporary].type) << "; in_place is for operations of that type alone");
  }

  /// Between the temporary's allocation and the store every turn must have an element of its own.
  constexpr void check_place(parents const& above) {
    bool shared_by_turns = true;
    for (ir::node_id at = above[store]; at != ir::node_id::none; at = above[at]) {
      ir::node const& n = p[at];
      shared_by_turns &= n.what != ir::op::allocate || n.buffer() != temporary;
      if (n.what == ir::op::tensorized) {
        return no(text{} << "an instruction computes " << s.tensor << " already; say in_place before tensorize");
      }
      if (n.what == ir::op::loop && shared_by_turns && !loops.full()) loops.push_back(at);
    }
    ir::node_id const shared = meeting_loop(p, p[p[load].access()], loops);
    if (shared == ir::node_id::none && !loops.full()) return;
    label const& name = p[p[shared == ir::node_id::none ? loops[0] : shared].axis()].name;
    no(text{} << "turns of " << name << " may read the same element of " << held()
              << ", and the first would change it for the others; keep " << held() << " inside of " << name);
  }

  /// Nobody else may read what the operations leave in the temporary.
  constexpr void check_readers() {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      bool const stores = p[id].what == ir::op::store;
      ir::buffer_id const to = stores ? p[p[id].access()].of : ir::buffer_id::none;
      // What adds to the temporary comes before.
      if (id == store || to == temporary) return;
      ir::each_value_of(p, id, [&](ir::node_id v) {
        if (p[v].what != ir::op::load || p[p[v].access()].of != temporary) return;
        if (stores && p[to].name == s.tensor.name) {
          if (never_meet(p[p[v].access()], p[p[load].access()])) return;
          return no(text{} << "copies of its loops may read the same element of " << held()
                           << ", and the first would change it for the others; say in_place before they are copied");
        }
        text reader{};
        if (stores) reader << p[to].name;
        else reader << "a condition";
        no(text{} << reader << " reads " << held() << " too, and would find it changed; " << s.tensor
                  << " has to be its only reader");
      });
    });
  }

  constexpr bool never_meet(ir::access const& a, ir::access const& b) const {
    bool apart = false;
    for (int d = 0; d < a.rank; ++d) apart |= always_less(p, a.at[d], b.at[d]) || always_less(p, b.at[d], a.at[d]);
    return apart;
  }

  /// A nest for each operation, with the loops in which nothing but the store happens.
  constexpr void put_in_front(parents const& above) {
    ir::node_id top = store;
    std::size_t inner = 0;
    while (inner < loops.size() && above[top] == loops[inner] && follows(p[p[loops[inner]].axis()]))
      top = loops[inner++];

    static_vector<ir::node_id, capacity> nests{};
    std::uint16_t const element = p[load].x;
    ir::node_id const condition = p[store].b;
    ir::node_id value = load;
    for (std::size_t n = chain.size(); n-- > 0;) {
      ir::node made = p[chain[n].value];
      made.*chain[n].operand = value;
      value = p.add(made);
      if (n < casts || made.what == ir::op::list) continue;
      ir::node_id nest = ir::add_store(p, static_cast<ir::access_id>(element), value, condition);
      for (std::size_t l = 0; l < inner; ++l) nest = ir::add_loop(p, p[loops[l]].axis(), nest);
      nests.push_back(nest);
      value = load;
    }
    p[store].a = value;
    ir::node_id block = p.add(ir::node{.what = ir::op::block, .a = nests[0]});
    ir::replace(p, top, block);
    for (std::size_t n = 1; n < nests.size(); ++n) {
      ir::node_id const next = p.add(ir::node{.what = ir::op::block, .a = nests[n]});
      p[block].b = next;
      block = next;
    }
    p[block].b = top;
  }
  /// Whether several loops over the axis may stand one behind the other: threads, and copies ahead, would have to meet.
  constexpr bool follows(ir::axis const& a) const {
    bool const kept =
        a.kind == ir::loop_kind::serial || a.kind == ir::loop_kind::unrolled || a.kind == ir::loop_kind::vectorized;
    return kept && a.stages == 0;
  }

  static constexpr std::size_t capacity = 24;
  ir::program& p;
  step const& s;
  ir::node_id store;
  ir::buffer_id temporary = ir::buffer_id::none;
  ir::node_id load = ir::node_id::none;
  int reads = 0;
  int operations = 0;
  std::size_t casts = 0;  // at the front of the chain
  static_vector<link, capacity> chain{};
  loop_chain loops{};  // innermost first
};

/// Whether the store gives a tensor of that name a value that is made of a temporary, and adds nothing to it.
constexpr bool reads_temporary(ir::program const& p, ir::node_id store, label const& name) {
  ir::node const& n = p[store];
  if (n.what != ir::op::store || n.reduction() != ir::reduction_id::none || p[p[n.access()].of].name != name)
    return false;
  bool found = false;
  ir::each_value(p, n.a, [&](ir::node_id v) {
    if (p[v].what != ir::op::load) return;
    ir::buffer const& from = p[p[p[v].access()].of];
    found |= from.use == ir::role::temporary && from.name != name;
  });
  return found;
}

}  // namespace detail

/// Computes a tensor one operation after another in the accumulator that it is made of, or in the only temporary.
///
///     for i                                     for i: sum[i] = sum[i] >> 8
///       y[i] = int8(min(sum[i] >> 8, 127))  =>  for i: sum[i] = min(sum[i], 127)
///                                               for i: y[i] = int8(sum[i])
///
/// Needs: one read of the temporary, whose elements no two turns share and nobody else reads; operations of its type. Casts of
/// the result stay in the last store.
/// Keeps: every value; each operation and their order. A product that is added to something is rounded on its own.
constexpr ir::program compute_in_place(ir::program p, step const& s) {
  ir::buffer_id const tensor = find_buffer(p, s.tensor);
  if (tensor == ir::buffer_id::none) return refuse_unknown_tensor(p, s);
  static_vector<ir::node_id, 64> stores{};
  bool more = false;
  if (!p[tensor].accumulates) {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (!detail::reads_temporary(p, id, s.tensor.name)) return;
      more |= stores.full();
      if (!stores.full()) stores.push_back(id);
    });
  }
  if (more)
    return ir::refuse(p, text{} << s << ": " << s.tensor << " is stored at more than 64 places; say this earlier");
  if (stores.empty()) {
    return ir::refuse(p, text{} << s << ": " << s.tensor
                                << " is made of no sum and of no other temporary, so nothing holds its value; "
                                << "compute_at a stage that it reads, or leave this step out");
  }
  for (ir::node_id store : stores) {
    detail::store_in_place(p, s, store).run();
    if (p.refused) return p;
  }
  return p;
}

}  // namespace tenon::lower
