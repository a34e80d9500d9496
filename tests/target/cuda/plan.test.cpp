#include <tenon/target/cuda/plan.hpp>

#include "support/programs.hpp"
#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

constexpr bool arranges_without_changing_what_is_computed() {
  return programs::same_outputs(staged<turned_around>, cuda::plan<turned_around>::program);
}
constexpr bool asks_for_aligned_data_where_accesses_are_wide() {
  constexpr signature wide = cuda::expected_by<cuda::plan<scaled_gelu<8, 132>>>;
  constexpr signature narrow = cuda::expected_by<cuda::plan<scaled_gelu<8, 131>>>;
  return wide.arguments[0].alignment == 16 && wide.arguments[3].alignment == 16 && narrow.arguments[0].alignment == 0;
}

TEST_CASE("plan") {
  CHECK_BOTH(arranges_without_changing_what_is_computed());
  CHECK_BOTH(asks_for_aligned_data_where_accesses_are_wide());
}

}  // namespace
