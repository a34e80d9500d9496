#include <tenon/target/cuda/emulator/emulate.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("emulate: a launch over memory of this machine, in any order") {
  using k = cuda::plan<turned_around>;
  for (unsigned seed = 1; seed < 6; ++seed) {
    float x[64];
    float y[64]{};
    for (int n = 0; n < 64; ++n) x[n] = static_cast<float>(n);
    cuda::emulator::launch<k> all{};
    all.given.data[1] = x;
    all.given.data[2] = y;
    all.spans[1] = all.spans[2] = 64;
    CHECK(cuda::emulator::emulate<k>(all, seed) == "");
    CHECK(y[0] == 127);
    CHECK(y[63] == 1);
  }
}

TEST_CASE("emulate: an argument that is too short") {
  using k = cuda::plan<turned_around>;
  float x[64]{};
  float y[64]{};
  cuda::emulator::launch<k> all{};
  all.given.data[1] = x;
  all.given.data[2] = y;
  all.spans[1] = 32;
  all.spans[2] = 64;
  CHECK(cuda::emulator::emulate<k>(all, 1).find("of x, which has 32") != std::string::npos);
}

}  // namespace
