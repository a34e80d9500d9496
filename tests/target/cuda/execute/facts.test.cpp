#include <tenon/target/cuda/execute/facts.hpp>

#include <type_traits>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

using k = cuda::plan<softmax<5, 70>>;

template <std::size_t... N>
constexpr int joins(std::index_sequence<N...>) {
  auto const one = []<std::size_t Node>() {
    constexpr auto id = static_cast<ir::node_id>(Node);
    if constexpr (k::program.nodes.items[Node].what == ir::op::loop) return cuda::join_in<k, id>.found ? 1 : 0;
    else return 0;
  };
  return (one.template operator()<N>() + ... + 0);
}

constexpr bool knows_a_kernel_by_its_type() {
  return cuda::root_of<k> == k::program.root && cuda::threads_in<k, 0> == 32 && cuda::threads_in<k, 1> == 4;
}
constexpr bool joins_lanes_where_parts_are_in_registers() {
  // One after the other, as they stand: each loop is looked at once.
  return joins(std::make_index_sequence<k::program.nodes.count>{}) == 2;
}

TEST_CASE("facts") {
  CHECK_BOTH(knows_a_kernel_by_its_type());
  CHECK_BOTH(joins_lanes_where_parts_are_in_registers());
  static_assert(std::is_same_v<cuda::index_of<k>, std::int32_t>);
  static_assert(cuda::is_pack<cuda::pack<float, 4>> && !cuda::is_pack<float>);
}

}  // namespace
