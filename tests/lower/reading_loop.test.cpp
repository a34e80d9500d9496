#include <tenon/lower/reading_loop.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/schedule/compute_at.hpp>

using namespace tenon;

namespace {

constexpr lower::reading_loop in_blur(char const* stage, char const* name) {
  return lower::find_reading_loop(programs::blur(3, 4), compute_at(tensor_name{"bx"}, loop(stage, name)),
                                  ir::buffer_id{3});
}

constexpr bool the_loop_around_all_reads_is_found() {
  return !in_blur("by", "y").refused && !in_blur("by", "x").refused &&
         in_blur("by", "y").loop != in_blur("by", "x").loop;
}

}  // namespace

TEST_CASE("reading_loop") {
  CHECK_BOTH(the_loop_around_all_reads_is_found());
  CHECK(in_blur("bx", "y").refused.sentence ==
        "compute_at(bx, bx[y]): bx[y] is a loop of bx itself; name a loop of a stage that reads bx");
  CHECK(lower::find_reading_loop(programs::dense_relu(2, 3, 4), compute_at(tensor_name{"y.sum"}, loop("i")),
                                 ir::buffer_id{5})
            .refused.sentence == "compute_at(y.sum, i): y.sum is an accumulator, which moves with its reduction; place "
                                 "the tensor that it is part of");
}
