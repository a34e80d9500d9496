// TVM's tuned schedules of ResNet-18's convolutions, as streams: right on the strict machine, and as long as on the Verilog.
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/target/vta/check_loops.hpp>
#include <tenon/target/vta/check_tokens.hpp>
#include <tenon/target/vta/simulator.hpp>
#include <tenon/target/vta/timing.hpp>

#include "support/both.hpp"
#include "target/vta/convolution.hpp"

namespace {

using namespace tenon::vta;

constexpr layer const& named(std::string_view name) {
  for (layer const& l : resnet18) {
    if (l.name == name) return l;
  }
  return resnet18[0];
}

run_times times_with(layer const& l, int threads) {
  timing t{};
  if (threads == 1) t.read_latency = 34;  // what the figures without virtual threads were measured with
  return times_of(convolution(l, threads), t);
}
// Within one in `parts`.
constexpr bool is_near(std::int64_t ours, std::int64_t theirs, std::int64_t parts) {
  std::int64_t const apart = ours > theirs ? ours - theirs : theirs - ours;
  return apart * parts <= theirs;
}

TEST_CASE("convolution: C5 and C8 give the bytes of a plain convolution on the strict machine") {
  for (char const* const name : {"C5", "C8"}) {
    CHECK(wrong_bytes(named(name), 1, mode::strict, 0) == "");
    CHECK(wrong_bytes(named(name), 2, mode::strict, 5) == "");
  }
}

TEST_CASE("convolution: with stride 2 and 1 x 1, in any order, and permissively") {
  for (std::uint64_t seed = 0; seed < 3; ++seed) CHECK(wrong_bytes(named("C10"), 2, mode::strict, seed) == "");
  CHECK(wrong_bytes(named("C7"), 1, mode::strict, 2) == "");
  CHECK(wrong_bytes(named("C7"), 2, mode::permissive, 3) == "");
}

TEST_CASE("convolution: cycles are those of the Verilog, within 2 in 1000") {
  std::ostringstream table{};
  table << "layer    ours     RTL  ratio   use   one thread     RTL  ratio\n";
  auto const ratio = [](std::int64_t a, std::int64_t b) { return static_cast<double>(a) / static_cast<double>(b); };
  for (layer const& l : resnet18) {
    run_times const two = times_with(l, 2), one = times_with(l, 1);
    CAPTURE(std::string(l.name));
    CHECK(two.fault.empty());
    CHECK(one.fault.empty());
    CHECK(two.multiplying == l.steps());
    CHECK(one.multiplying == l.steps());
    CHECK(is_near(two.total, l.rtl, 500));
    CHECK(is_near(one.total, l.rtl_single, 500));
    table << std::left << std::setw(5) << l.name << std::right << std::setw(8) << two.total << std::setw(8) << l.rtl
          << std::fixed << std::setprecision(4) << std::setw(7) << ratio(two.total, l.rtl) << std::setw(5)
          << two.utilisation_permille() / 10 << "%" << std::setw(13) << one.total << std::setw(8) << l.rtl_single
          << std::setw(7) << ratio(one.total, l.rtl_single) << "\n";
  }
  MESSAGE(table.str());
}

// While compiling: a small layer as a stream, its loops and its tokens proved.
constexpr bool is_proved(int threads) {
  stream const s = convolution(small_layer, threads);
  return !check_loops(s) && !check_tokens(s) && times_of(s).multiplying == small_layer.steps();
}
TEST_CASE("convolution: a small one is proved while compiling") {
  CHECK_BOTH(is_proved(1));
  CHECK_BOTH(is_proved(2));
  CHECK(wrong_bytes(small_layer, 2, mode::strict, 9) == "");
}

}  // namespace
