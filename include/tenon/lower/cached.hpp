#pragma once

#include <cstddef>

#include <tenon/ir/build.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/lower/inside.hpp>
#include <tenon/lower/name.hpp>
#include <tenon/lower/place_buffers.hpp>
#include <tenon/lower/rewrite.hpp>
#include <tenon/support/text_view.hpp>

/// What the forms of `cache` share.
namespace tenon::lower {

/// A cache in the making: the tensor, the body of one loop `at`, and the buffer that takes the tensor's place there.
struct cache_site {
  step const& s;
  ir::buffer_id of = ir::buffer_id::none;
  ir::node_id loop = ir::node_id::none;
  ir::buffer_id made = ir::buffer_id::none;  // shared by the copies of a loop that stand beside each other
  bool inside[decltype(ir::program::axes)::capacity]{};  // axes with a loop in the body

  constexpr cache_site(ir::program const& p, step const& line, ir::buffer_id tensor, ir::node_id where)
      : s(line), of(tensor), loop(where) {
    ir::each_statement(p, p[loop].a, [&](ir::node_id id) {
      if (p[id].what == ir::op::loop) inside[p[id].x] = true;
    });
  }

  constexpr loop_name const& at() const { return s.loops[0]; }
  constexpr bool reads(ir::program const& p, ir::node_id id) const {
    return p[id].what == ir::op::load && p[p[id].access()].of == of;
  }
  constexpr bool counts_inside(ir::program const& p, ir::node_id id) const {
    return p[id].what == ir::op::counter && inside[p[id].x];
  }
  /// Whether the value changes while the body runs.
  constexpr bool varies(ir::program const& p, ir::node_id value) const {
    bool found = false;
    ir::each_value(p, value, [&](ir::node_id id) { found |= counts_inside(p, id) || p[id].what == ir::op::load; });
    return found;
  }
};

/// Marks the program refused, unless it is already.
constexpr void say_no(ir::program& p, text const& sentence) {
  if (!p.refused) p.refused.sentence = sentence;
}

/// A name nobody has yet: "x.cache", "x.cache2", ...
constexpr label fresh_buffer_name(ir::program const& p, label const& of, text_view what) {
  for (int n = 1;; ++n) {
    text name{};
    name << of << "." << what;
    if (n > 1) name << n;
    label const made{text_view(name)};
    if (made.is_cut() || find_buffer(p, {made}) == ir::buffer_id::none) return made;
  }
}

/// The buffer of a cache with these dimensions: a new one, or the one that an earlier copy of the loop has.
constexpr void make_cache_buffer(ir::program& p, cache_site& site, int rank, ir::node_id const* extents) {
  bool same = site.made != ir::buffer_id::none && p[site.made].rank == rank;
  for (int d = 0; same && d < rank; ++d) same = ir::same_value(p, p[site.made].extents[d], extents[d]);
  if (same) return;
  ir::buffer cache{.name = fresh_buffer_name(p, p[site.of].name, "cache"), .type = p[site.of].type};
  cache.rank = static_cast<std::uint8_t>(rank);
  for (int d = 0; d < rank; ++d) cache.extents[d] = extents[d];
  cache.where = memory_of(p, {site.s.word});
  site.made = p.add(cache);
}

/// What the loops of the body are called, for a sentence.
constexpr void list_loops_inside(ir::program const& p, cache_site const& site, text& to) {
  char const* separator = " ";
  for (std::size_t n = 1; n < p.axes.size(); ++n) {
    if (!site.inside[n]) continue;
    to << separator << p.axes[n].name;
    separator = ", ";
  }
}

/// Loops over the axes, the first outermost, around the statement.
constexpr ir::node_id add_loops(ir::program& p, static_vector<ir::axis_id, ir::max_rank> const& axes,
                                ir::node_id body) {
  for (std::size_t n = axes.size(); n-- > 0;) body = ir::add_loop(p, axes[n], body);
  return body;
}

/// Zero of an element type.
constexpr ir::node_id add_zero(ir::program& p, element type) {
  return ir::is_float(type) ? ir::add_real(p, type, 0) : ir::add_integer(p, type, 0);
}

/// The element, or `otherwise` where it would be outside its buffer.
constexpr ir::node_id add_load_or(ir::program& p, ir::access const& from, ir::node_id otherwise) {
  ir::node_id const inside = inside_condition(p, from);
  ir::node_id const loaded = ir::add_load(p, p.add(from));
  if (inside == ir::node_id::none) return loaded;
  return p.add(ir::node{.what = ir::op::guarded, .type = p[loaded].type, .a = inside, .b = loaded, .c = otherwise});
}

}  // namespace tenon::lower
