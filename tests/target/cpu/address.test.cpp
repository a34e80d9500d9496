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

TEST_CASE("address") { CHECK_BOTH(adds_up_dimensions()); }

}  // namespace
