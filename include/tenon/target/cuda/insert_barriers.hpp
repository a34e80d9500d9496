#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/analysis/box.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/target/cuda/grid.hpp>

namespace tenon::cuda {

namespace detail {

/// What threads have done to shared memory since they last met: bits by buffer.
struct unseen {
  std::uint64_t written = 0;
  std::uint64_t read = 0;
  std::uint64_t under_way = 0;  // copied ahead, and not waited for
};

class barrier_inserter {
 public:
  constexpr explicit barrier_inserter(ir::program& program) : p(program), g(grid_of(program)) {
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      bool const seen_by_all = p.buffers[b].where == ir::memory::shared || p.buffers[b].use != ir::role::temporary;
      if (seen_by_all) exchanged |= std::uint64_t{1} << b;
      if (b <= p.arguments) written_once |= std::uint64_t{1} << b;
    }
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (p[id].what == ir::op::allocate && is_written_once(id)) written_once |= std::uint64_t{1} << p[id].x;
    });
  }

  constexpr void run() {
    unseen since{};
    visit(p.root, {}, since);
  }

 private:
  struct around {
    bool threads[3]{};
    ir::node_id apart = ir::node_id::none;  // what only some of the threads do
  };

  /// Whether no element of what is allocated is written twice while it lives.
  constexpr bool is_written_once(ir::node_id allocate) const {
    ir::node_id store = ir::node_id::none;
    int stores = 0;
    ir::each_statement(p, p[allocate].a, [&](ir::node_id id) {
      if (p[id].what != ir::op::store || p[p[id].access()].of != p[allocate].buffer()) return;
      store = id;
      ++stores;
    });
    if (stores != 1) return false;
    // Only the loops around the store run while it does.
    ir::uses around_store{};
    for (ir::node_id up = ir::parent_of(p, store); up != allocate; up = ir::parent_of(p, up)) {
      if (p[up].what == ir::op::loop) around_store.add(p[up].axis());
    }
    analysis::box const written = analysis::box_of(p, store, around_store);
    return written.clear && written.once;
  }

  constexpr bool is_one_thread(around const& here) const {
    for (int k = 0; k < 3; ++k) {
      if (g.threads[k] > 1 && !here.threads[k]) return false;
    }
    return true;
  }

  constexpr void visit(ir::node_id id, around here, unseen& since) {
    if (id == ir::node_id::none) return;
    if (is_one_thread(here)) return meet(id, here, since);
    ir::node const n = p[id];
    switch (n.what) {
      case ir::op::loop: {
        ir::axis const& a = p[n.axis()];
        int const t = thread_place_of(a.kind);
        if (t >= 0) {
          meet_before(id, here, since);
          here.threads[t] = true;
          if (ir::constant_or(p, a.extent, 0) < g.threads[t]) here.apart = id;
          return visit(n.a, here, since);
        }
        // What the last turn left unseen meets the first statements of the next one.
        if (ir::constant_or(p, a.extent, 2) > 1 && place_of(a.kind) < 0) {
          bool const before = looks_only;
          unseen last = since;
          looks_only = true;
          visit(n.a, here, last);
          looks_only = before;
          join(since, last);
        }
        return visit(n.a, here, since);
      }
      case ir::op::block: visit(n.a, here, since); return visit(p[id].b, here, since);
      case ir::op::when: {
        meet_before(id, here, since);
        if (differs_between_threads(n.a, here)) here.apart = id;
        unseen other = since;
        visit(n.b, here, since);
        visit(p[id].c, here, other);
        join(since, other);
        return;
      }
      case ir::op::ahead: {
        // Copies land when they are waited for; until then nobody may still read what they replace.
        std::uint64_t const copied = meet_before(id, here, since, true).written;
        since.under_way |= copied;
        return;
      }
      case ir::op::wait:
        since.written |= since.under_way;
        since.under_way = 0;
        return;
      case ir::op::allocate: return visit(n.a, here, since);
      case ir::op::barrier: since = {.under_way = since.under_way}; return;
      default: return meet(id, here, since);
    }
  }

  static constexpr void join(unseen& to, unseen const& other) {
    to.written |= other.written;
    to.read |= other.read;
    to.under_way |= other.under_way;
  }

  constexpr std::uint64_t reads_of(ir::node_id value) const {
    std::uint64_t made = 0;
    if (value == ir::node_id::none) return made;
    ir::each_value(p, value, [&](ir::node_id id) {
      if (p[id].what == ir::op::load) made |= std::uint64_t{1} << static_cast<unsigned>(p[p[id].access()].of);
    });
    return made;
  }

  /// What stands at `id` is done without a barrier inside of it.
  constexpr void meet(ir::node_id id, around const& here, unseen& since) {
    unseen const own = meet_before(id, here, since);
    since.read |= own.read;
    since.written |= own.written;
  }

  /// A barrier before `id`, if something in it needs that.
  constexpr unseen meet_before(ir::node_id id, around const& here, unseen& since, bool later = false) {
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    ir::each_statement(p, id, [&](ir::node_id s) {
      ir::node const& n = p[s];
      if (n.what == ir::op::when) reads |= reads_of(n.a);
      if (n.what != ir::op::store) return;
      reads |= reads_of(n.a) | reads_of(n.b);
      ir::access const& a = p[n.access()];
      for (int d = 0; d < a.rank; ++d) reads |= reads_of(a.at[d]);
      writes |= std::uint64_t{1} << static_cast<unsigned>(a.of);
    });
    unseen const own{.written = writes & exchanged, .read = reads & exchanged};
    std::uint64_t const harmless = later ? ~std::uint64_t{0} : written_once;
    std::uint64_t const clash = (own.read & since.written) | (own.written & (since.read | (since.written & ~harmless)));
    if (clash != 0) {
      if (here.apart != ir::node_id::none) {
        refuse(clash, here.apart);
      } else {
        if (!looks_only) put_before(id);
        since = {.under_way = since.under_way};
      }
    }
    return own;
  }

  constexpr void put_before(ir::node_id id) {
    ir::node_id const made = p.add(ir::node{.what = ir::op::block});
    ir::node_id const barrier = p.add(ir::node{.what = ir::op::barrier});
    if (p.refused) return;
    ir::replace(p, id, made);
    p[made].a = barrier;
    p[made].b = id;
  }

  /// Whether threads may disagree about the condition.
  constexpr bool differs_between_threads(ir::node_id condition, around const& here) const {
    bool differs = false;
    bool const all = !here.threads[0] && !here.threads[1] && !here.threads[2];
    ir::each_value(p, condition, [&](ir::node_id id) {
      ir::node const& n = p[id];
      differs |= n.what == ir::op::counter && thread_place_of(p[n.axis()].kind) >= 0;
      differs |= n.what == ir::op::load && !all;
    });
    return differs;
  }

  constexpr void refuse(std::uint64_t clash, ir::node_id apart) {
    std::size_t b = 1;
    while ((clash >> b & 1) == 0) ++b;
    text why{};
    ir::node const& n = p[apart];
    why << "this operator: threads exchange " << p.buffers[b].name << " and have to meet where ";
    if (n.what == ir::op::loop) {
      why << "only " << ir::constant_or(p, p[n.axis()].extent, 0) << " of "
          << g.threads[thread_place_of(p[n.axis()].kind)] << " threads are, in " << p[n.axis()].name
          << "; let loops bound to one place run equally often";
    } else {
      why << "only some of them are, under a condition that a tail left; take a factor that divides, or put the "
             "elements of "
          << p.buffers[b].name << " into registers";
    }
    p = ir::refuse(p, why);
  }

  ir::program& p;
  grid g;
  bool looks_only = false;  // at what a turn leaves behind
  std::uint64_t exchanged = 0;
  std::uint64_t written_once = 0;  // no two threads write one element: outputs, and copies
};

}  // namespace detail

/// Lets the threads of a block meet where one of them reads what another one wrote, or writes what another one read.
///
///     thread for i: s[i] = x[i]             thread for i: s[i] = x[i]
///     thread for i: y[i] = s[n - i]    =>   barrier
///                                           thread for i: y[i] = s[n - i]
///
/// Needs: all threads there, where they have to meet.
/// Keeps: everything. There is a barrier between two loops over threads that touch one shared buffer, unless both only read
/// it, and nowhere else.
constexpr ir::program insert_barriers(ir::program p) {
  if (!p.refused) detail::barrier_inserter(p).run();
  return p;
}

}  // namespace tenon::cuda
