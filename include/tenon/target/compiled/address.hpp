#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::compiled {

/// The offset of an access, in elements: a constant and a sum of terms, where a term is factor * atom * (the stride of a dimension).
struct address {
  struct term {
    ir::node_id atom = ir::node_id::none;  // none: 1
    std::int64_t factor = 0;
    std::int8_t dimension = -1;  // whose stride is told at run time, or -1
  };
  std::int64_t constant = 0;
  static_vector<term, 48> terms{};
};

namespace detail {

constexpr void add_term(ir::program const& p, address& to, ir::node_id atom, std::int64_t factor) {
  for (address::term& t : to.terms) {
    if (t.dimension < 0 && ir::same_value(p, t.atom, atom)) {
      t.factor += factor;
      return;
    }
  }
  to.terms.push_back({atom, factor});
}

}  // namespace detail

/// The address of access `id`; `strides` are those of its buffer's dimensions in elements, 0 where one is told at run time.
constexpr address address_of(ir::program const& p, std::int64_t const (&strides)[ir::max_rank], ir::access_id id) {
  ir::access const& a = p[id];
  address made{};
  for (int d = 0; d < a.rank; ++d) {
    ir::linear index = ir::linear_of(p, a.at[d]);
    // The dimensions that follow find room for one term each, and for a constant.
    std::size_t const reserved = 2 * static_cast<std::size_t>(a.rank - d);
    if (made.terms.size() + index.terms.size() + reserved > made.terms.capacity) { index = {.terms = {{a.at[d], 1}}}; }
    if (strides[d] != 0) {
      made.constant += index.constant * strides[d];
      for (ir::linear::term const& t : index.terms) detail::add_term(p, made, t.atom, t.factor * strides[d]);
      continue;
    }
    auto const dimension = static_cast<std::int8_t>(d);
    for (ir::linear::term const& t : index.terms) made.terms.push_back({t.atom, t.factor, dimension});
    if (index.constant != 0) made.terms.push_back({ir::node_id::none, index.constant, dimension});
  }
  address kept{.constant = made.constant};
  for (address::term const& t : made.terms) {
    if (t.factor != 0) kept.terms.push_back(t);
  }
  return kept;
}

}  // namespace tenon::compiled
