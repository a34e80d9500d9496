#include <tenon/target/cuda/launch_data.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("launch_data: no larger than what a kernel has to be told") {
  using dense = cuda::launch_data_of<cuda::plan<turned_around>>;
  static_assert(sizeof(dense::data) == 3 * sizeof(void*));
  CHECK(sizeof(dense) <= 3 * sizeof(void*) + sizeof(dense::strides) + sizeof(dense::parameters));
  CHECK(sizeof(dense::strides) == ir::max_rank * sizeof(std::int64_t));
}

}  // namespace
