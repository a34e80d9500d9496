#include <tenon/target/cuda/kernel.hpp>

#include <string>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("kernel: what it is can be asked without a GPU") {
  static_assert(cuda::kernel<turned_around>::figures().threads.thread_count() == 64);
  std::string const nest = cuda::kernel<turned_around>::loop_nest();
  CHECK(nest == "allocate s[64] float in shared\n"
                "thread.x for i in 0..64  // s\n"
                "  s[i] = 2 * x[i]\n"
                "barrier\n"
                "thread.x for i in 0..64  // y\n"
                "  y[i] = s[63 - i] + 1\n");
}

}  // namespace
