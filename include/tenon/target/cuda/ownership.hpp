#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/target/cuda/grid.hpp>
#include <tenon/target/cuda/lane_join.hpp>

namespace tenon::cuda {

/// Who touches the elements of one temporary. `of` is by coordinate of a thread.
struct ownership {
  enum class share : std::uint8_t {
    one,       // one thread only runs in this coordinate
    inside,    // allocated inside a loop over it
    owned,     // each thread has elements of its own
    same,      // all threads compute the same elements
    exchanged  // a thread reads what another one wrote
  };
  share of[3]{};
  bool joined = false;     // lanes of a warp put their elements together
  bool indexed = false;    // some element is known only at run time
  std::int64_t digit[ir::max_rank][3]{};  // what an index has of each coordinate of a thread
  std::int64_t turns[3]{};                // of the loops that an index has a coordinate of
  ir::axis_id at_run_time = ir::axis_id::none;  // the loop that makes it `indexed`

  /// Whether no thread sees an element of another one.
  constexpr bool is_private() const {
    for (share s : of) {
      if (s == share::exchanged) return false;
    }
    return true;
  }
};

/// The ownership of every buffer of a program, by its number.
struct ownerships {
  ownership at[decltype(ir::program::buffers)::capacity]{};
  constexpr ownership const& operator[](ir::buffer_id b) const { return at[static_cast<std::size_t>(b)]; }
};

namespace detail {

class ownership_finder {
 public:
  constexpr explicit ownership_finder(ir::program const& what) : p(what), g(grid_of(what)) {}

  constexpr ownerships run() {
    visit(p.root, {});
    for (std::size_t b = p.arguments + 1u; b < p.buffers.size(); ++b) resolve(b);
    // What lanes join is the same for all of them only if they share it.
    for (join_of_lanes const& j : joins) {
      if (made[p[j.to].of].of[0] == ownership::share::same) continue;
      made.at[static_cast<std::size_t>(p[j.from].of)].of[0] = ownership::share::exchanged;
    }
    return made;
  }

 private:
  struct around {
    ir::axis_id threads[3]{};  // the loops over threads that stand around
  };
  /// What has been seen of one buffer in one coordinate.
  struct coordinate {
    bool inside = false;
    bool digits = false;        // an index has the coordinate
    bool differs = false;       // two accesses have it in different ways, or it cannot be told from the rest
    bool written_by_each = false;  // written inside the loop without the coordinate
    bool read_by_each = false;
    bool written_outside = false;
    bool read_outside = false;
  };
  struct notes {
    coordinate of[3]{};
    bool seen = false;
  };

  constexpr void visit(ir::node_id id, around here) {
    while (id != ir::node_id::none) {
      ir::node const& n = p[id];
      switch (n.what) {
        case ir::op::loop: {
          join_of_lanes const j = lane_join_at(p, id, g);
          if (j.found && here.threads[0] == ir::axis_id::none && p[p[j.from].of].where != ir::memory::shared) {
            joins.push_back(j);
            values(j.condition, here);
            touch(p[j.to], true, here);
            joining = n.axis();
            touch(p[j.from], false, here);
            joining = ir::axis_id::none;
            return;
          }
          int const t = thread_place_of(p[n.axis()].kind);
          if (t >= 0) here.threads[t] = n.axis();
          id = n.a;
          break;
        }
        case ir::op::allocate:
          for (int k = 0; k < 3; ++k) { known[n.x].of[k].inside = here.threads[k] != ir::axis_id::none; }
          id = n.a;
          break;
        case ir::op::block:
          visit(n.a, here);
          id = n.b;
          break;
        case ir::op::when:
          values(n.a, here);
          visit(n.b, here);
          id = n.c;
          break;
        case ir::op::store:
          values(n.a, here);
          values(n.b, here);
          indices(p[n.access()], here);
          touch(p[n.access()], true, here);
          return;
        case ir::op::together:
        case ir::op::ahead:
        case ir::op::tensorized: id = n.a; break;
        default: return;
      }
    }
  }
  constexpr void values(ir::node_id root, around const& here) {
    if (root == ir::node_id::none) return;
    ir::each_value(p, root, [&](ir::node_id id) {
      if (p[id].what == ir::op::load) touch(p[p[id].access()], false, here);
    });
  }
  constexpr void indices(ir::access const& a, around const& here) {
    for (int d = 0; d < a.rank; ++d) values(a.at[d], here);
  }

  constexpr void touch(ir::access const& a, bool writes, around const& here) {
    if (p[a.of].use != ir::role::temporary) return;
    notes& n = known[static_cast<std::size_t>(a.of)];
    std::int64_t digit[ir::max_rank][3]{};
    bool has[3]{};
    bool told_apart[3]{};
    for (int d = 0; d < a.rank; ++d) look_at(a, d, here, digit[d], has, told_apart);
    ownership& to = made.at[static_cast<std::size_t>(a.of)];
    for (int k = 0; k < 3; ++k) {
      if (g.threads[k] == 1 || n.of[k].inside) continue;
      coordinate& c = n.of[k];
      bool const in_loop = here.threads[k] != ir::axis_id::none;
      if (!has[k]) {
        if (joining != ir::axis_id::none && k == 0) continue;
        bool& noted =
            writes ? (in_loop ? c.written_by_each : c.written_outside) : (in_loop ? c.read_by_each : c.read_outside);
        noted = true;
        continue;
      }
      c.differs |= !told_apart[k];
      for (int d = 0; d < a.rank; ++d) {
        c.differs |= c.digits && to.digit[d][k] != digit[d][k];
        to.digit[d][k] = digit[d][k];
      }
      c.digits = true;
      std::int64_t const turns = ir::constant_or(p, p[here.threads[k]].extent, 0);
      if (turns > to.turns[k]) to.turns[k] = turns;
    }
    n.seen = true;
  }

  /// What index `d` has of the coordinates, and which of them can be read off it.
  constexpr void look_at(ir::access const& a, int d, around const& here, std::int64_t (&digit)[3], bool (&has)[3],
                         bool (&told_apart)[3]) {
    ir::linear const index = ir::linear_of(p, a.at[d]);
    for (ir::linear::term const& t : index.terms) {
      for (int k = 0; k < 3; ++k) {
        if (here.threads[k] == ir::axis_id::none) continue;
        bool const is_it = p[t.atom].what == ir::op::counter && p[t.atom].axis() == here.threads[k];
        if (is_it) {
          digit[k] = t.factor;
          has[k] = true;
        } else if (p[t.atom].what != ir::op::counter && ir::depends_on(p, t.atom, here.threads[k])) {
          has[k] = true;  // in a way that is not looked at: never told apart
        }
      }
      note_turns(a.of, t.atom);
    }
    for (int k = 0; k < 3; ++k) {
      if (digit[k] > 0) told_apart[k] |= can_be_read(index, here.threads[k], digit[k]);
    }
  }

  /// Whether floor(index / factor) % turns is the counter: the rest is below the factor, or a multiple of factor * turns.
  constexpr bool can_be_read(ir::linear const& index, ir::axis_id a, std::int64_t factor) const {
    std::int64_t const whole = factor * ir::constant_or(p, p[a].extent, 0);
    if (whole == 0 || index.constant < 0) return false;
    std::int64_t rest = index.constant % whole;
    for (ir::linear::term const& t : index.terms) {
      ir::node const& atom = p[t.atom];
      if (atom.what == ir::op::counter && atom.axis() == a) continue;
      if (t.factor % whole == 0) continue;
      if (atom.what != ir::op::counter || t.factor < 0) return false;
      std::int64_t const extent = ir::constant_or(p, p[atom.axis()].extent, -1);
      if (extent < 0) return false;
      rest += t.factor * (extent - 1);
    }
    return rest < factor;
  }

  constexpr void note_turns(ir::buffer_id of, ir::node_id atom) {
    ir::node const& n = p[atom];
    ir::axis_id const a = n.what == ir::op::counter ? n.axis() : ir::axis_id::none;
    ir::loop_kind const kind = a == ir::axis_id::none ? ir::loop_kind::serial : p[a].kind;
    bool const constant =
        a != ir::axis_id::none &&
        (ir::is_constant(p, p[a].extent, 1) || kind == ir::loop_kind::unrolled || kind == ir::loop_kind::vectorized);
    if (constant || thread_place_of(kind) >= 0 || (joining != ir::axis_id::none && a == joining)) return;
    ownership& to = made.at[static_cast<std::size_t>(of)];
    to.indexed = true;
    to.at_run_time = a;
  }

  constexpr void resolve(std::size_t b) {
    ownership& to = made.at[b];
    notes const& n = known[b];
    using share = ownership::share;
    for (int k = 0; k < 3; ++k) {
      coordinate const& c = n.of[k];
      if (g.threads[k] == 1) {
        to.of[k] = share::one;
      } else if (c.inside) {
        to.of[k] = share::inside;
      } else if (c.digits) {
        bool const apart = !c.differs && !c.written_by_each && !c.read_by_each && !c.written_outside && !c.read_outside;
        to.of[k] = apart ? share::owned : share::exchanged;
      } else {
        to.of[k] = c.written_by_each ? share::exchanged : share::same;
      }
    }
    for (join_of_lanes const& j : joins) {
      if (static_cast<std::size_t>(p[j.from].of) != b) continue;
      to.joined = true;
      if (to.of[0] != share::owned || to.digit[j.dimension][0] != 1) to.of[0] = share::exchanged;
    }
  }

  ir::program const& p;
  grid g;
  ownerships made{};
  notes known[decltype(ir::program::buffers)::capacity]{};
  static_vector<join_of_lanes, 16> joins{};
  ir::axis_id joining = ir::axis_id::none;
};

}  // namespace detail

/// Which thread touches what of each temporary: what all share has to be in shared memory, the rest may be in registers.
constexpr ownerships ownership_of(ir::program const& p) { return detail::ownership_finder(p).run(); }

}  // namespace tenon::cuda
