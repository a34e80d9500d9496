#include <tenon/target/vta/prepare.hpp>

#include <tenon/target/accelerator/plan.hpp>

#include "support/both.hpp"
#include "target/vta/operators.hpp"

namespace {

using namespace tenon;
using namespace tenon::vta;

using target = machine<pynq>;

template <class Op>
constexpr prepared_sites prepared_of() {
  return prepare_sites(accelerator::lowered<Op, target>, accelerator::statements_of<Op, target>, meanings<pynq>,
                       sizes_of<pynq>);
}
template <class Op>
constexpr prepared_site const& find(prepared_sites const& all, opcode::kind op, std::int64_t which) {
  std::size_t n = 0;
  while (n + 1 < all.all.size() && !(all.all[n].means.op == op && all.all[n].means.which == which)) ++n;
  return all.all[n];
}

using image = convolution_operator<8, 32, 32, 3, 1, 1, 2, 2, true, true>;

constexpr bool a_load_is_padded_where_the_operator_reads_zeros() {
  prepared_sites const all = prepared_of<image>();
  prepared_site const& inputs = find<image>(all, opcode::load, vta::memory::inp);
  return all.wrong.empty() && inputs.conditions.size() >= 3 &&
         find<image>(all, opcode::load, vta::memory::wgt).conditions.empty();
}

constexpr bool a_sum_takes_few_micro_ops() {
  prepared_sites const all = prepared_of<image>();
  for (prepared_site const& s : all.all) {
    if (s.means.op != opcode::gemm || s.means.is_reset) continue;
    return s.repeats.count() <= 12 && s.repeats.distance() >= 3;
  }
  return false;
}

constexpr bool numbers_are_those_of_the_formula() {
  prepared_sites const all = prepared_of<image>();
  return find<image>(all, opcode::alu, alu::shr).number == 8 && find<image>(all, opcode::alu, alu::min).number == 127;
}

}  // namespace

TEST_CASE("prepare") {
  CHECK_BOTH(a_load_is_padded_where_the_operator_reads_zeros());
  CHECK_BOTH(a_sum_takes_few_micro_ops());
  CHECK_BOTH(numbers_are_those_of_the_formula());
}
