#include <tenon/target/cuda/emulator.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"
#include "support/emulated.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("emulator: element-wise stages with broadcasting") {
  for (unsigned seed : {1u, 2u}) {
    CHECK(emulated::disagreement<scaled_gelu<7, 130>>(seed, 1e-5) == "");
    CHECK(emulated::disagreement<scaled_gelu<5, 136>>(seed, 1e-5) == "");
  }
}

TEST_CASE("emulator: a softmax whose lanes put their parts together") {
  for (unsigned seed : {1u, 2u}) {
    CHECK(emulated::disagreement<softmax<5, 70>>(seed, 1e-5) == "");
    CHECK(emulated::disagreement<softmax<4, 33>>(seed, 1e-5) == "");
  }
}

TEST_CASE("emulator: a product of matrices through shared memory") {
  for (unsigned seed : {1u, 2u}) {
    CHECK(emulated::disagreement<sgemm_relu<67, 70, 35>>(seed) == "");
    CHECK(emulated::disagreement<sgemm_relu<64, 68, 16>>(seed) == "");
  }
}

TEST_CASE("emulator: strips that are copied while others are computed with") {
  for (unsigned seed : {1u, 2u}) {
    CHECK(emulated::disagreement<sgemm_relu<67, 70, 35, 2>>(seed) == "");
    CHECK(emulated::disagreement<sgemm_relu<64, 68, 80, 3>>(seed) == "");
    CHECK(emulated::disagreement<sgemm_relu<64, 64, 16, 3>>(seed) == "");  // more stages than strips
  }
}

}  // namespace
