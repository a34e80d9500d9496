#include <tenon/lower/stream_buffer.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/stream.hpp>

using namespace tenon;

namespace {

constexpr tensor_name x{"x"}, y{"y"};

constexpr bool only_the_tensor_named_is_streamed() {
  ir::program const p = lower::stream_buffer(programs::copy(4), stream(y));
  return p[lower::find_buffer(p, y)].streaming && !p[lower::find_buffer(p, x)].streaming;
}

}  // namespace

TEST_CASE("stream_buffer") { CHECK_BOTH(only_the_tensor_named_is_streamed()); }

TEST_CASE("stream_buffer refuses") {
  CHECK(lower::stream_buffer(programs::copy(4), stream(x)).refused.sentence ==
        "stream(x): x is only read; stream what is written");
  CHECK(lower::stream_buffer(programs::copy(4), stream({"v"})).refused.sentence ==
        "stream(v): no tensor is called v; the tensors are x, y");
}
