#pragma once

#include <bit>
#include <cstdint>

#include <tenon/ir/apply.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::detail {

/// Makes the values of one program. Within a stage the same formula is the same node, however often the user wrote it.
class node_maker {
 public:
  ir::program p{};

  /// From here on nothing is shared with what was made before.
  constexpr void forget() {
    for (std::uint16_t& head : heads) head = 0;
    first_access = p.accesses.size();
  }

  constexpr ir::node_id add(ir::node const& n) {
    if (ir::node_id const known = find(n); known != ir::node_id::none) return known;
    return remember(p.add(n));
  }
  constexpr ir::node_id add(ir::op what, element type, ir::node_id a, ir::node_id b = ir::node_id::none,
                            ir::node_id c = ir::node_id::none) {
    return add(ir::node{.what = what, .type = type, .a = a, .b = b, .c = c});
  }
  constexpr ir::node_id whole(element type, std::int64_t value) {
    return add(ir::node{.what = ir::op::constant, .type = type, .value = value});
  }
  constexpr ir::node_id real(element type, double value) {
    return add(ir::node{.what = ir::op::constant, .type = type, .value = std::bit_cast<std::int64_t>(value)});
  }
  /// Zero of any type.
  constexpr ir::node_id zero(element type) { return ir::is_float(type) ? real(type, 0) : whole(type, 0); }
  constexpr ir::node_id cast(element to, ir::node_id id) { return p[id].type == to ? id : add(ir::op::cast, to, id); }
  /// The value as operands of type `wanted` are; `element::none` leaves it as it is.
  constexpr ir::node_id fit(ir::node_id id, element wanted) { return wanted == element::none ? id : cast(wanted, id); }

  /// Arithmetic on indices, folded where it can be.
  constexpr ir::node_id index(ir::op what, ir::node_id a, ir::node_id b) {
    std::size_t const before = p.nodes.size();
    ir::node_id const made = ir::add_index(p, what, a, b);
    if (p.nodes.size() == before) return made;
    if (ir::node_id const known = find(p[made]); known != ir::node_id::none) {
      p.nodes.pop_back();
      return known;
    }
    return remember(made);
  }
  constexpr ir::node_id index(std::int64_t value) { return whole(ir::index_type, value); }

  constexpr ir::node_id load(ir::access const& from) {
    std::size_t at = first_access == 0 ? 1 : first_access;
    while (at < p.accesses.size() && !(p.accesses[at] == from)) ++at;
    ir::access_id const found = at < p.accesses.size() ? static_cast<ir::access_id>(at) : p.add(from);
    return add(ir::node{.what = ir::op::load, .type = p[from.of].type, .x = static_cast<std::uint16_t>(found)});
  }

 private:
  static constexpr std::size_t chains = 128;

  static constexpr std::size_t chain_of(ir::node const& n) {
    std::uint64_t const mixed = static_cast<std::uint64_t>(n.what) * 5 + static_cast<std::uint64_t>(n.a) * 7 +
                                static_cast<std::uint64_t>(n.b) * 31 + static_cast<std::uint64_t>(n.c) * 57 +
                                n.x * 3ULL + static_cast<std::uint64_t>(n.value) +
                                (static_cast<std::uint64_t>(n.value) >> 47);
    return static_cast<std::size_t>(mixed % chains);
  }
  constexpr ir::node_id find(ir::node const& n) const {
    for (std::uint16_t at = heads[chain_of(n)]; at != 0; at = next[at]) {
      if (p.nodes[at] == n) return static_cast<ir::node_id>(at);
    }
    return ir::node_id::none;
  }
  constexpr ir::node_id remember(ir::node_id made) {
    if (made == ir::node_id::none) return made;
    std::uint16_t& head = heads[chain_of(p[made])];
    next[static_cast<std::size_t>(made)] = head;
    head = static_cast<std::uint16_t>(made);
    return made;
  }

  std::uint16_t heads[chains]{};
  std::uint16_t next[decltype(ir::program::nodes)::capacity]{};
  std::size_t first_access = 0;
};

}  // namespace tenon::detail
