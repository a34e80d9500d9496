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

/// Its last step is refused.
struct unfinished {
  axis<"i", 4> i;
  axis<"o", 16> o;
  tensor<"x", std::int32_t, 4, 16> x;
  tensor<"y", std::int8_t, 4, 16> y;
  constexpr auto define() const { return y(i, o) = cast<std::int8_t>(min(x(i, o), 127)); }
  constexpr auto schedule(vta_target) const { return steps(split(i, 2), tensorize(y[i.inner], "store")); }
};
TEST_CASE("report: of a schedule that is refused") {
  CHECK(vta::refused<unfinished>.size() > 0);
  CHECK(vta::steps_of<unfinished>().find("for i.inner in 0..2") != std::string::npos);
}

}  // namespace
