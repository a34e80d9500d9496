#include <tenon/target/cuda/report.hpp>

#include <string>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;

TEST_CASE("report: each step, and what became code") {
  std::string const report = cuda::steps_of<cuda_operators::turned_around>();
  for (char const* words : {"== as written\n", "== bind(s[i], thread_x)\n", "== bind(y[i], thread_x)\n", "== lowered",
                            "\nbarrier\nthread.x for i in 0..64  // y\n"}) {
    CHECK(report.find(words) != std::string::npos);
  }
}

}  // namespace
