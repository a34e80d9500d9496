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

TEST_CASE("report: a kernel's loops and figures") {
  using cuda_operators::turned_around;
  std::string const nest = cuda::loop_nest_of<turned_around>();
  CHECK(nest == "allocate s[64] float in shared\n"
                "thread.x for i in 0..64  // s\n"
                "  s[i] = 2 * x[i]\n"
                "barrier\n"
                "thread.x for i in 0..64  // y\n"
                "  y[i] = s[63 - i] + 1\n");
  CHECK(cuda::cost_table_of<turned_around>().find("barriers") != std::string::npos);
}

}  // namespace
