#pragma once

#include <tenon/lower/cache_reads.hpp>

namespace tenon::lower {

namespace detail {

/// Whether `part` is one of the conditions joined in `all`.
constexpr bool demands(ir::program const& p, ir::node_id all, ir::node_id part) {
  if (all == ir::node_id::none) return false;
  if (ir::same_value(p, all, part)) return true;
  return p[all].what == ir::op::logical_and && (demands(p, p[all].a, part) || demands(p, p[all].b, part));
}

/// When a body reads a tensor that it also writes: under which conditions before it has written that element.
class earlier_reads {
 public:
  bool any = false;
  ir::node_id when = ir::node_id::none;  // none: always

  constexpr earlier_reads(ir::program& program, cache_site const& where) : p(program), site(where) {
    static_vector<ir::node_id, 256> stores{};
    ir::each_statement(p, p[site.loop].a, [&](ir::node_id id) {
      if (p[id].what == ir::op::store && !stores.full()) stores.push_back(id);
    });
    for (ir::node_id id : stores) {
      visit(p[id].a, p[id].b);
      if (p[p[id].access()].of != site.of || written) continue;
      written = true;
      written_if = p[id].b;
    }
  }

 private:
  constexpr void visit(ir::node_id value, ir::node_id condition) {
    if (value == ir::node_id::none) return;
    ir::node const n = p[value];
    if (n.what == ir::op::guarded) {
      visit(n.a, condition);
      visit(n.b, ir::add_both(p, condition, n.a));
      visit(n.c, ir::add_both(p, condition, ir::add_unary(p, ir::op::logical_not, n.a)));
      return;
    }
    if (n.what == ir::op::load) {
      if (p[n.access()].of == site.of) note(condition);
      return;
    }
    visit(n.a, condition);
    visit(n.b, condition);
    visit(n.c, condition);
  }
  constexpr void note(ir::node_id condition) {
    if (written && (written_if == ir::node_id::none || demands(p, condition, written_if))) return;
    if (!any) {
      when = condition;
    } else if (when != ir::node_id::none && !(condition != ir::node_id::none && ir::same_value(p, when, condition))) {
      when = condition == ir::node_id::none ? condition : ir::add_binary(p, ir::op::logical_or, when, condition);
    }
    any = true;
  }

  ir::program& p;
  cache_site const& site;
  bool written = false;
  ir::node_id written_if = ir::node_id::none;
};

}  // namespace detail

/// What a loop writes to a tensor goes to a copy whose dimensions are the loops named by `order(...)`, and from there to the
/// tensor at the end of each turn. What the turn reads before it writes is copied in at the start.
constexpr void cache_writes(ir::program& p, cache_site& site) {
  cache_dimensions dimensions(p, site);
  static_vector<ir::node_id, 64> stores{};
  ir::each_statement(p, p[site.loop].a, [&](ir::node_id id) {
    if (p[id].what != ir::op::store || p[p[id].access()].of != site.of) return;
    if (stores.full()) {
      return say_no(p, text{} << site.s << ": " << p[site.of].name << " is written at more than 64 places inside "
                              << site.at() << "; cache inside a further loop");
    }
    stores.push_back(id);
  });
  if (p.refused) return;
  for (ir::node_id id : stores) {
    dimensions.add(p[id].access());
    if (p.refused) return;
  }
  detail::cached_loads found(p, site);
  found.otherwise = ir::node_id::none;  // what is written is not filled up
  for (ir::node_id l : found.loads) {
    dimensions.add(p[l].access());
    if (p.refused) return;
  }
  // An element is written if any of the stores writes it.
  ir::node_id written_if = p[stores[0]].b;
  for (ir::node_id id : stores) {
    ir::node_id const condition = p[id].b;
    if (condition == ir::node_id::none) written_if = condition;
    if (written_if != ir::node_id::none && !ir::same_value(p, written_if, condition)) {
      return say_no(p, text{} << site.s << ": " << p[site.of].name << " is written under several conditions inside "
                              << site.at() << "; cache inside a further loop");
    }
  }
  written_if = dimensions.must_in_copying(written_if);
  detail::earlier_reads const reads(p, site);
  ir::node_id const read_if = dimensions.must_in_copying(reads.when);
  dimensions.finish();
  if (p.refused) return;

  found.redirect([&](ir::access_id id) { return dimensions.in_cache(id); });
  for (ir::node_id id : stores) {
    auto const target = static_cast<std::uint16_t>(p.add(dimensions.in_cache(p[id].access())));
    p[id].x = target;
  }
  ir::access_id const in_cache = p.add(dimensions.in_copy());
  ir::access_id const in_tensor = p.add(dimensions.formula);
  ir::node_id copy_in = ir::node_id::none;
  if (reads.any) {
    copy_in = add_loops(p, dimensions.fresh, ir::add_store(p, in_cache, ir::add_load(p, in_tensor), read_if));
  }
  ir::node_id const out = ir::add_store(p, in_tensor, ir::add_load(p, in_cache), written_if);
  detail::put_cache(p, site, copy_in, add_loops(p, dimensions.fresh, out));
}

}  // namespace tenon::lower
