#pragma once

#include <tenon/lower/cache_dimensions.hpp>

namespace tenon::lower {

namespace detail {

/// The loads of the tensor in the body.
struct loads_in_body {
  static_vector<ir::node_id, 64> loads{};
  bool more = false;

  constexpr loads_in_body(ir::program const& p, cache_site const& site) {
    auto const keep = [&](ir::node_id id) {
      if (p[id].what != ir::op::load || p[p[id].access()].of != site.of) return;
      if (loads.full()) more = true;
      else loads.push_back(id);
    };
    value_walk(p, keep).statements(p[site.loop].a);
  }
};

/// Loads in the body read the cache instead; `element(access)` is where.
template <class Element>
constexpr void read_from_cache(ir::program& p, cache_site const& site, Element element) {
  rewriter change(p, [&](ir::node_id id) {
    ir::node const n = p[id];
    if (n.what != ir::op::load || p[n.access()].of != site.of) return ir::node_id::none;
    return ir::add_load(p, p.add(element(n.access())));
  });
  change.statements(p[site.loop].a);
}

/// The body with the cache around it, filled by `copy` first.
constexpr void put_cache(ir::program& p, cache_site const& site, ir::node_id copy,
                         ir::node_id copy_out = ir::node_id::none) {
  ir::node_id const body = ir::add_block(p, ir::add_block(p, copy, p[site.loop].a), copy_out);
  ir::node_id const all = ir::add_allocate(p, site.made, body);
  p[site.loop].a = all;
}

}  // namespace detail

/// Reads of a tensor inside a loop come from a copy whose dimensions are the loops named by `order(...)`.
/// Where the tensor's index would be outside, the copy holds zero.
constexpr void cache_reads(ir::program& p, cache_site& site) {
  detail::loads_in_body const found(p, site);
  cache_dimensions dimensions(p, site);
  for (ir::node_id l : found.loads) {
    dimensions.add(p[l].access());
    if (p.refused) return;
  }
  dimensions.finish();
  if (p.refused) return;
  detail::read_from_cache(p, site, [&](ir::access_id id) { return dimensions.in_cache(id); });
  ir::access_id const target = p.add(dimensions.in_copy());
  ir::node_id const copy = ir::add_store(p, target, add_load_or_zero(p, dimensions.formula));
  detail::put_cache(p, site, add_loops(p, dimensions.fresh, copy));
}

}  // namespace tenon::lower
