#include <tenon/lower/align_buffer.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/align.hpp>

using namespace tenon;

namespace {

constexpr tensor_name in{"in"}, bx{"bx"};

constexpr bool rows_are_padded_and_aligned() {
  ir::program const p = lower::align_buffer(programs::blur(4, 5), align(bx, 64, 3));
  ir::buffer const& b = p[lower::find_buffer(p, bx)];
  return b.alignment == 64 && b.padding[0] == 0 && b.padding[1] == 3 && programs::same_outputs(p, programs::blur(4, 5));
}

text refusal_of(step const& s) { return lower::align_buffer(programs::blur(4, 5), s).refused.sentence; }

}  // namespace

TEST_CASE("align_buffer") { CHECK_BOTH(rows_are_padded_and_aligned()); }

TEST_CASE("align_buffer refuses") {
  CHECK(refusal_of(align(bx, 48)) ==
        "align(bx, 48): 48 bytes is no alignment; take a power of two up to 4096, such as 64");
  CHECK(refusal_of(align(bx, 64, -1)) == "align(bx, 64, -1): rows of bx cannot be padded by -1 elements; take a few, "
                                         "such as 16, for a tensor that has rows");
  CHECK(refusal_of(align(in, 64)) ==
        "align(in, 64): in is an argument, and its memory is the caller's; cache(in, ...) makes a copy of ours");
  CHECK(refusal_of(align({"v"}, 64)) == "align(v, 64): no tensor is called v; the tensors are in, by, bx");
}
