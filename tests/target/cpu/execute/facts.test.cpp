#include <tenon/target/cpu/execute/facts.hpp>

#include <type_traits>

#include "support/both.hpp"

namespace {

using namespace tenon;

template <class...>
struct list {};

static_assert(std::is_same_v<cpu::function_at<1, list<int, float>>, int>);
static_assert(std::is_same_v<cpu::function_at<2, list<int, float>>, float>);

TEST_CASE("facts: the memory of a buffer is found by its number") {
  int a = 1;
  float b = 2;
  using outer = cpu::local<ir::buffer_id{1}, int, cpu::no_locals>;
  cpu::local<ir::buffer_id{2}, float, outer> const both{&b, outer{&a, {}}};
  CHECK(cpu::find_local<ir::buffer_id{1}>(both) == 1);
  CHECK(cpu::find_local<ir::buffer_id{2}>(both) == 2);
}

}  // namespace
