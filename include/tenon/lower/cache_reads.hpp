#pragma once

#include <tenon/lower/cache_dimensions.hpp>
#include <tenon/lower/conditions.hpp>
#include <tenon/lower/inside.hpp>

namespace tenon::lower {

namespace detail {

/// The loads of the tensor in the body, and what they give outside of the tensor.
class cached_loads {
 public:
  static_vector<ir::node_id, 64> loads{};
  ir::node_id otherwise = ir::node_id::none;  // the constant of a boundary, `x(...)` or that

  constexpr cached_loads(ir::program& program, cache_site const& where) : p(program), site(where) {
    bool more = false;
    auto const keep = [&](ir::node_id id) {
      if (otherwise == ir::node_id::none && is_boundary(id)) otherwise = p[id].c;
      if (!site.reads(p, id)) return;
      more |= loads.full();
      if (!loads.full()) loads.push_back(id);
    };
    value_walk(p, keep).statements(p[site.loop].a);
    if (is_written_in_part()) find_shared();
    if (more) {
      say_no(p, text{} << site.s << ": " << p[site.of].name << " is read at more than 64 places inside " << site.at()
                       << "; cache inside a further loop");
    }
  }

  /// What holds wherever the body reads the tensor, and is needed to find something there.
  conditions shared{};

  /// The tensor's element, with what the cache holds outside of it: the boundary's constant, or zero. `here` makes the
  /// body's conditions conditions of the copying; none where it cannot.
  template <class Here>
  constexpr ir::node_id copied(ir::access const& from, Here here) {
    ir::node_id const other = otherwise != ir::node_id::none ? otherwise : add_zero(p, p[site.of].type);
    ir::node_id value = add_load_or(p, from, other);
    for (ir::node_id c : shared) {
      ir::node_id condition = here(c);
      if (condition == ir::node_id::none) {
        say_no(p, text{} << site.s << ": " << p[site.of].name
                         << " is computed only in part, by a condition of an inner loop; "
                         << "cache before the split that makes the condition");
        return value;
      }
      condition = ir::add_both(p, add_defined(p, ir::node_id::none, condition), condition);
      value = p.add(ir::node{.what = ir::op::guarded, .type = p[value].type, .a = condition, .b = value, .c = other});
    }
    return value;
  }

  /// Loads in the body read the cache instead; `element(access)` is where. The cache knows the boundary, so that the body
  /// asks no more.
  template <class Element>
  constexpr void redirect(Element element) {
    rewriter change(p, [&](ir::node_id id) {
      ir::node_id load = ir::node_id::none;
      if (site.reads(p, id)) load = id;
      if (is_boundary(id) && ir::same_value(p, p[id].c, otherwise)) load = p[id].b;
      return load == ir::node_id::none ? load : ir::add_load(p, p.add(element(p[load].access())));
    });
    change.statements(p[site.loop].a);
  }

 private:
  /// Whether a store to the tensor depends on more than its place being inside.
  constexpr bool is_written_in_part() const {
    bool found = false;
    if (p[site.of].use != ir::role::temporary) return found;
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      if (p[id].what != ir::op::store || p[p[id].access()].of != site.of) return;
      conditions parts{};
      split_condition(p, p[id].b, parts);
      found |= parts.full();
      for (ir::node_id c : parts) found |= !lower::says_inside(p, c, p[p[id].access()]);
    });
    return found;
  }
  constexpr void find_shared() {
    bool first = true;
    conditions of_store{};
    load_walk see(p, [&](ir::node_id id, conditions const& given) {
      if (!site.reads(p, id)) return;
      conditions both{};
      for (ir::node_id c : given) {
        if (first || has(p, shared, c)) both.push_back(c);
      }
      shared = both;
      first = false;
    });
    ir::each_statement(p, p[site.loop].a, [&](ir::node_id id) {
      if (p[id].what == ir::op::store) of_store = {}, split_condition(p, p[id].b, of_store);
      see.statement(id, of_store);
    });
  }

  /// Whether the value is an element where all its indices are inside, and else a constant.
  constexpr bool is_boundary(ir::node_id id) const {
    ir::node const& n = p[id];
    return n.what == ir::op::guarded && site.reads(p, n.b) && ir::is_constant(p, n.c) &&
           says_inside(n.a, p[p[n.b].access()]);
  }
  constexpr bool says_inside(ir::node_id condition, ir::access const& at) const {
    ir::node const& n = p[condition];
    if (n.what == ir::op::logical_and) return says_inside(n.a, at) && says_inside(n.b, at);
    return lower::says_inside(p, condition, at);
  }

  ir::program& p;
  cache_site const& site;
};

/// The body with the cache around it, filled by `copy` first.
constexpr void put_cache(ir::program& p, cache_site const& site, ir::node_id copy,
                         ir::node_id copy_out = ir::node_id::none) {
  ir::node_id const body = ir::add_block(p, ir::add_block(p, copy, p[site.loop].a), copy_out);
  ir::node_id const all = ir::add_allocate(p, site.made, body);
  p[site.loop].a = all;
}

}  // namespace detail

/// Reads of a tensor inside a loop come from a copy whose dimensions are the loops named by `order(...)`.
/// Where the tensor's index would be outside, the copy holds what the reads' boundary says, or zero.
constexpr void cache_reads(ir::program& p, cache_site& site) {
  detail::cached_loads found(p, site);
  if (p.refused) return;
  cache_dimensions dimensions(p, site);
  for (ir::node_id l : found.loads) {
    dimensions.add(p[l].access());
    if (p.refused) return;
  }
  dimensions.finish();
  if (p.refused) return;
  found.redirect([&](ir::access_id id) { return dimensions.in_cache(id); });
  ir::access_id const target = p.add(dimensions.in_copy());
  ir::node_id const copy = ir::add_store(
      p, target, found.copied(dimensions.formula, [&](ir::node_id c) { return dimensions.in_copying(c); }));
  detail::put_cache(p, site, add_loops(p, dimensions.fresh, copy));
}

}  // namespace tenon::lower
