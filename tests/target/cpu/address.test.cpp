#include <tenon/target/cpu/address.hpp>

#include "support/programs.hpp"
#include "support/both.hpp"

namespace {

using namespace tenon;

constexpr bool adds_up_dimensions() {
  ir::program const p = programs::matmul(4, 6, 8);
  cpu::layout const where = cpu::layout_of(p, 64);
  for (std::size_t n = 1; n < p.accesses.size(); ++n) {
    if (p[p.accesses[n].of].name != label("w")) continue;
    cpu::address const a = cpu::address_of(p, where, static_cast<ir::access_id>(n));
    return a.constant == 0 && a.terms.size() == 2 && a.terms[0].factor * a.terms[1].factor == 6;
  }
  return false;
}

/// y(a, b) = x(a.., b..), where each dimension is a sum of so many loops.
constexpr cpu::address address_of_many(int dimensions, int loops) {
  ir::program p{};
  ir::buffer x{.name = "x", .type = element::f32, .rank = static_cast<std::uint8_t>(dimensions)};
  ir::access at{.rank = x.rank};
  cpu::layout where{};
  for (int d = 0; d < dimensions; ++d) {
    for (int n = 0; n < loops; ++n) {
      ir::node_id const counter = ir::add_counter(p, p.add(ir::axis{.name = "c"}));
      at.at[d] = n == 0 ? counter : ir::add_index(p, ir::op::add, at.at[d], counter);
    }
    where.at[1].strides[d] = d + 1;
  }
  at.of = p.add(x);
  return cpu::address_of(p, where, p.add(at));
}
constexpr bool takes_as_many_loops_as_there_are() {
  // Of 8 x 11 loops the last dimensions are one value each.
  return address_of_many(8, 2).terms.size() == 16 && address_of_many(8, 5).terms.size() == 40 &&
         address_of_many(8, 11).terms.size() <= 48 && address_of_many(8, 11).terms.back().factor == 8;
}

TEST_CASE("address") {
  CHECK_BOTH(adds_up_dimensions());
  CHECK_BOTH(takes_as_many_loops_as_there_are());
}

}  // namespace
