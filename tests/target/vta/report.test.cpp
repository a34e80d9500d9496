#include <tenon/target/vta/report.hpp>

#include "support/both.hpp"
#include "target/vta/operators.hpp"

namespace {

using namespace tenon;
using op = vta::dense<4, 16, 32, 4, 16, 32>;

TEST_CASE("report") {
  CHECK(vta::cost_table_of<op>() == R"(             cycles  of the time
load            254       44.5 %
compute         340       59.6 %
store            40        7.0 %
multiplying       8        1.4 %
all             570
13 instructions, 2 micro-ops
)");
  CHECK(vta::loop_nest_of<op>().find("by gemm\n") != std::string::npos);
  std::string const all = vta::steps_of<op>();
  CHECK(all.find("== in_place(y)\n") != std::string::npos);
  CHECK(all.find("== lowered") != std::string::npos);
}

}  // namespace
