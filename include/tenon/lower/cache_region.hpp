#pragma once

#include <tenon/lower/cache_reads.hpp>

namespace tenon::lower {

namespace detail {

/// One dimension of the box that a body reads: it begins at a sum that stands still meanwhile, plus `least`.
struct box_side {
  ir::linear start{};
  std::int64_t least = 0;
  std::int64_t greatest = 0;
  bool known = false;
};

constexpr void widen(ir::program& p, cache_site const& site, box_side& side, ir::node_id index) {
  ir::linear const sum = ir::linear_of(p, index);
  ir::linear start{};
  std::int64_t least = sum.constant;
  std::int64_t greatest = sum.constant;
  for (ir::linear::term const& t : sum.terms) {
    if (!site.varies(p, t.atom)) {
      ir::add_term(p, start, t.atom, t.factor);
      continue;
    }
    if (p[t.atom].what != ir::op::counter) {
      return say_no(p, text{} << site.s << ": the index of " << p[site.of].name
                              << " is not a sum of loops; cache what it is computed from, or leave it");
    }
    ir::axis const& a = p[p[t.atom].axis()];
    if (!ir::is_constant(p, a.extent)) {
      return say_no(p, text{} << site.s << ": how often " << a.name << " runs is known only at run time; split("
                              << a.name << ", ...) and cache inside " << a.name << ".outer");
    }
    std::int64_t const reach = t.factor * (p[a.extent].value - 1);
    (reach < 0 ? least : greatest) += reach;
  }
  if (side.known) {
    if (!ir::add(p, start, side.start, -1).terms.empty()) {
      return say_no(p, text{} << site.s << ": " << p[site.of].name
                              << " is read at places with no fixed distance inside " << site.at()
                              << "; cache inside a further loop");
    }
    if (side.least < least) least = side.least;
    if (greatest < side.greatest) greatest = side.greatest;
  }
  side = {.start = start, .least = least, .greatest = greatest, .known = true};
}

}  // namespace detail

/// Reads of a tensor inside a loop come from a copy of the box that one turn of the loop reads; outside the tensor it
/// holds what the boundary of the reads says, or zero.
/// The loops of the copying are called d0, d1, ... by the dimensions of the tensor.
constexpr void cache_region(ir::program& p, cache_site& site) {
  detail::cached_loads found(p, site);
  if (p.refused) return;
  int const rank = p[site.of].rank;
  detail::box_side box[ir::max_rank]{};
  for (ir::node_id l : found.loads) {
    for (int d = 0; d < rank; ++d) {
      detail::widen(p, site, box[d], p[p[l].access()].at[d]);
      if (p.refused) return;
    }
  }
  ir::node_id extents[ir::max_rank]{};
  for (int d = 0; d < rank; ++d) {
    box[d].start.constant = box[d].least;
    extents[d] = ir::add_index(p, box[d].greatest - box[d].least + 1);
  }
  make_cache_buffer(p, site, rank, extents);
  found.redirect([&](ir::access_id id) {
    ir::access made{.of = site.made, .rank = p[id].rank};
    for (int d = 0; d < rank; ++d) {
      made.at[d] = ir::add_linear(p, ir::add(p, ir::linear_of(p, p[id].at[d]), box[d].start, -1));
    }
    return made;
  });
  static_vector<ir::axis_id, ir::max_rank> fresh{};
  ir::access from{.of = site.of, .rank = static_cast<std::uint8_t>(rank)};
  ir::access to{.of = site.made, .rank = static_cast<std::uint8_t>(rank)};
  for (int d = 0; d < rank; ++d) {
    to.at[d] = ir::add_index(p, 0);
    if (p[extents[d]].value > 1) {
      ir::axis a{.stage = site.made, .extent = extents[d]};
      a.name = label{text{} << "d" << d};
      fresh.push_back(p.add(a));
      to.at[d] = ir::add_counter(p, fresh.back());
    }
    from.at[d] = ir::add_index(p, ir::op::add, ir::add_linear(p, box[d].start), to.at[d]);
  }
  ir::node_id const copy = ir::add_store(
      p, p.add(to), found.copied(from, [&](ir::node_id c) { return site.varies(p, c) ? ir::node_id::none : c; }));
  detail::put_cache(p, site, add_loops(p, fresh, copy));
}

}  // namespace tenon::lower
