#include <tenon/target/cuda/kernel.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("kernel: what it is can be asked without a GPU") {
  static_assert(cuda::kernel<turned_around>::figures().threads.thread_count() == 64);
  CHECK(cuda::kernel<turned_around>::program().arguments == 2);
  CHECK(cuda::kernel<turned_around>::figures().barriers == 1);
}

}  // namespace
