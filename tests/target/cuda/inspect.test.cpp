#include <tenon/target/cuda/inspect.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

constexpr bool tells_what_became_code() {
  using seen = cuda::detail::inspection<turned_around>;
  return seen::program() == cuda::plan<turned_around>::program && seen::figures().barriers == 1 &&
         seen::figures().flops == 2 * 64;
}

TEST_CASE("inspect") { CHECK_BOTH(tells_what_became_code()); }

}  // namespace
