#pragma once

#include <cstddef>

#include <tenon/ir/clone.hpp>
#include <tenon/lower/cached.hpp>

namespace tenon::lower {

/// The layout that `order(...)` names: for each of its loops a fresh one that the copying runs over, and how the tensor's
/// index reads when those are counted instead.
class cache_dimensions {
 public:
  static_vector<ir::axis_id, ir::max_rank> fresh{};
  ir::access formula{};  // the tensor's element, in fresh counters

  constexpr cache_dimensions(ir::program& program, cache_site& where) : p(program), site(where) {
    rank = static_cast<int>(site.s.loops.size()) - 1;
    for (int n = 0; n < rank; ++n) fresh.push_back(ir::axis_id::none);
  }

  /// Adds one access of the tensor. All have to agree; where they do not, the program is refused.
  constexpr void add(ir::access_id id) {
    ir::access const at = p[id];
    ir::axis_id counted[ir::max_rank]{};
    for (int d = 0; d < at.rank; ++d) {
      ir::each_value(p, at.at[d], [&](ir::node_id v) {
        if (p.refused) return;
        if (p[v].what == ir::op::load) return refuse_gather(p[v]);
        if (!site.counts_inside(p, v)) return;
        int const n = dimension_of(p[v].axis());
        if (n < 0) return refuse_unnamed(p[v].axis());
        if (counted[n] != ir::axis_id::none && counted[n] != p[v].axis()) return refuse_several(n);
        counted[n] = p[v].axis();
      });
    }
    for (int n = 0; n < rank && !p.refused; ++n) {
      if (counted[n] == ir::axis_id::none) return refuse_unused(site.s.loops[static_cast<std::size_t>(n) + 1]);
      use(static_cast<std::size_t>(n), counted[n]);
    }
    if (p.refused) return;
    ir::access const copied = p[ir::clone_access(p, id, to_fresh)];
    if (formula.of == ir::buffer_id::none) {
      formula = copied;
    } else if (!same_element(copied)) {
      say_no(p, text{} << site.s << ": " << p[at.of].name << " is used at several places of one turn of " << site.at()
                       << "; cache(" << p[at.of].name << ", " << site.at() << ") keeps the box of all of them");
    }
  }

  /// Makes the buffer; to be called when all accesses are added.
  constexpr void finish() {
    ir::node_id extents[ir::max_rank]{};
    for (int n = 0; n < rank; ++n) {
      ir::axis const& a = p[fresh[static_cast<std::size_t>(n)]];
      maybe<std::int64_t> const most = greatest_of(p, a.extent);
      if (!most) {
        return say_no(p, text{} << site.s << ": how often " << a.name
                                << " runs is known only at run time; cache inside " << a.name
                                << ", or give its extent a bound");
      }
      extents[n] = ir::is_constant(p, a.extent) ? a.extent : ir::add_index(p, *most);
    }
    make_cache_buffer(p, site, rank, extents);
    for (ir::axis_id a : fresh) p[a].stage = site.made;
  }

  /// The cache's element for one access of the tensor in the body.
  constexpr ir::access in_cache(ir::access_id id) const {
    ir::access made{.of = site.made, .rank = static_cast<std::uint8_t>(rank)};
    for (int d = 0; d < p[id].rank; ++d) {
      ir::each_value(p, p[id].at[d], [&](ir::node_id v) {
        if (site.counts_inside(p, v)) made.at[dimension_of(p[v].axis())] = v;
      });
    }
    return made;
  }
  /// The cache's element while copying.
  constexpr ir::access in_copy() {
    ir::access made{.of = site.made, .rank = static_cast<std::uint8_t>(rank)};
    for (int n = 0; n < rank; ++n) made.at[n] = ir::add_counter(p, fresh[static_cast<std::size_t>(n)]);
    return made;
  }
  /// A condition of the body, for the copying; none if it depends on other loops of the body.
  constexpr ir::node_id in_copying(ir::node_id condition) {
    ir::node_id const made = ir::clone_value(p, condition, to_fresh);
    bool other = false;
    ir::each_value(p, made, [&](ir::node_id v) { other |= site.counts_inside(p, v); });
    return other ? ir::node_id::none : made;
  }
  /// Likewise of a condition that must not be lost.
  constexpr ir::node_id must_in_copying(ir::node_id condition) {
    if (condition == ir::node_id::none) return condition;
    ir::node_id const made = in_copying(condition);
    if (made != ir::node_id::none) return made;
    ir::each_value(p, condition, [&](ir::node_id v) {
      if (!site.counts_inside(p, v) || dimension_of(p[v].axis()) >= 0) return;
      say_no(p, text{} << site.s << ": whether " << p[site.of].name << " is written depends on " << p[p[v].axis()].name
                       << "; name that loop in order(...), or cache inside it");
    });
    return made;
  }

 private:
  constexpr int dimension_of(ir::axis_id a) const {
    for (int n = 0; n < rank; ++n) {
      loop_name const& l = site.s.loops[static_cast<std::size_t>(n) + 1];
      if (p[a].name == l.loop && (l.stage.empty() || p[p[a].stage].name == l.stage)) return n;
    }
    return -1;
  }
  constexpr void use(std::size_t n, ir::axis_id a) {
    if (fresh[n] == ir::axis_id::none) fresh[n] = p.add(ir::axis{.name = p[a].name, .extent = p[a].extent});
    if (!ir::same_value(p, p[fresh[n]].extent, p[a].extent)) {
      return say_no(p, text{} << site.s << ": the loops called " << p[a].name
                              << " run differently often; split with tail::guard, whose rest a cache fills up");
    }
    if (to_fresh.find({.what = ir::op::counter, .x = static_cast<std::uint16_t>(a)}) != ir::node_id::none) return;
    if (to_fresh.pairs.full()) {
      return say_no(p, text{} << site.s << ": there are too many copies of " << p[a].name
                              << "; cache before they are made");
    }
    to_fresh.counter(a, ir::add_counter(p, fresh[n]));
  }
  constexpr bool same_element(ir::access const& other) const {
    for (int d = 0; d < other.rank; ++d) {
      ir::linear const apart = ir::add(p, ir::linear_of(p, formula.at[d]), ir::linear_of(p, other.at[d]), -1);
      if (!apart.terms.empty() || apart.constant != 0) return false;
    }
    return true;
  }
  constexpr void refuse_gather(ir::node const& load) {
    say_no(p, text{} << site.s << ": where " << p[site.of].name << " is read is told by " << p[p[load.access()].of].name
                     << ", not by loops; cache " << p[p[load.access()].of].name << " instead");
  }
  constexpr void refuse_unnamed(ir::axis_id a) {
    say_no(p, text{} << site.s << ": " << p[site.of].name << " also depends on " << p[a].name << ", a loop inside "
                     << site.at() << "; name it in order(...) too");
  }
  constexpr void refuse_several(int n) {
    loop_name const& l = site.s.loops[static_cast<std::size_t>(n) + 1];
    say_no(p, text{} << site.s << ": one index of " << p[site.of].name << " counts several loops called " << l
                     << "; say which, as in t[" << l.loop << "], or cache(" << p[site.of].name << ", " << site.at()
                     << ")");
  }
  constexpr void refuse_unused(loop_name const& l) {
    bool known = false;
    for (std::size_t n = 1; n < p.axes.size(); ++n) known |= site.inside[n] && p.axes[n].name == l.loop;
    text sentence{};
    sentence << site.s << ": ";
    if (known) {
      sentence << p[site.of].name << " does not depend on " << l << "; leave it out of order(...)";
    } else {
      sentence << "no loop inside " << site.at() << " is called " << l << "; the loops there are";
      list_loops_inside(p, site, sentence);
    }
    say_no(p, sentence);
  }

  ir::program& p;
  cache_site& site;
  int rank = 0;
  ir::substitution to_fresh{};
};

}  // namespace tenon::lower
