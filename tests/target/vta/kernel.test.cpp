// Operators as streams: what the strict simulator makes of them is what they mean, whatever order the tokens allow.
#include <tenon/target/vta/kernel.hpp>

#include <cstdint>

#include <tenon/target/vta/check_stream.hpp>

#include "support/both.hpp"
#include "target/vta/held.hpp"
#include "target/vta/operators.hpp"

namespace {

using namespace tenon;
using namespace tenon::vta;

template <class Op, class Sizes = pynq>
void hold() {
  CHECK(check_stream(kernel<Op, Sizes>::stream()).sentence == "");
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    CAPTURE(seed);
    CHECK(disagreement<Op, Sizes>(seed) == "");
  }
}

TEST_CASE("kernel: dense") {
  hold<dense<1, 16, 16, 1, 16, 16>>();
  hold<dense<3, 16, 48, 3, 16, 48>>();
  hold<dense<14, 64, 112, 7, 32, 16>>();
  hold<dense<8, 64, 128, 4, 32, 64, true>>();
}

TEST_CASE("kernel: convolutions") {
  hold<convolution_operator<5, 16, 32, 1, 1, 0, 5, 1, false, true>>();
  hold<convolution_operator<7, 32, 32, 3, 1, 1, 7, 1, false, false>>();
  hold<convolution_operator<8, 32, 32, 3, 1, 1, 2, 2, true, true>>();
  hold<convolution_operator<11, 16, 16, 3, 2, 1, 1, 1, true, false>>();  // rows that end before the image does
  hold<convolution_operator<7, 16, 32, 5, 1, 2, 7, 1, false, true>>();
}

struct narrow {
  static constexpr configuration sizes{.log_inp_buffer = 14, .log_wgt_buffer = 14, .log_acc_buffer = 16};
};
TEST_CASE("kernel: a machine of other sizes") { hold<dense<8, 64, 128, 4, 32, 64, true>, narrow>(); }

TEST_CASE("kernel: arguments and micro-ops lie one behind the other") {
  using code = kernel<dense<3, 16, 48, 3, 16, 48>, pynq, 8192>;
  CHECK(code::address("x") == 8192);
  CHECK(code::address("w") == 8192 + 4096);
  CHECK(code::address("nothing") == -1);
  CHECK(code::address_of_micro_ops() % 4096 == 0);
  CHECK(code::address_of_micro_ops() > code::address("y"));
  CHECK(code::stream().micro_op_base * 4 == code::address_of_micro_ops());
}

}  // namespace
