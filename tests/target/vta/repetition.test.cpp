#include <tenon/target/vta/repetition.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

// Loops of a 3 x 3 convolution: rows and columns of the kernel, output channels, rows and columns of a tile.
constexpr repeated_loops of_convolution(std::int64_t channels, std::int64_t size) {
  repeated_loops all{};
  all.push_back({.count = 3, .step = {0, size + 2, 3}});
  all.push_back({.count = 3, .step = {0, 1, 1}});
  all.push_back({.count = channels, .step = {size * size, 0, 9}});
  all.push_back({.count = size, .step = {size, size + 2, 0}});
  all.push_back({.count = size, .step = {1, 1, 0}});
  return all;
}

constexpr bool the_two_longest_loops_need_no_micro_ops() {
  repetition const made = repetition_of(of_convolution(4, 14));
  return made.count() == 36 && made.out.count == 14 && made.in.count == 14 && made.distance() == 4;
}

constexpr bool no_accumulator_is_met_within_three_steps() {
  // With both loops of the tile in the instruction, two channels would take turns.
  repetition const made = repetition_of(of_convolution(2, 14));
  return made.count() == 84 && made.distance() >= 3;
}

constexpr bool turns_that_sum_stand_outside() {
  repetition const made = repetition_of(of_convolution(4, 14));
  bool sums = true;
  for (repeated_loop const& l : made.listed) {
    if (l.sums() && !sums) return false;
    sums = l.sums();
  }
  return !sums;
}

constexpr bool order_can_be_kept() {
  repetition const made = repetition_of(of_convolution(4, 14), true);
  return made.out.count == 3 && made.in.count == 3 && made.listed[0].count == 4 && made.listed[2].step[0] == 1;
}

constexpr bool one_that_is_not_repeated_is_one_micro_op() {
  repetition const made = repetition_of({});
  return made.count() == 1 && made.out.count == 1 && made.in.count == 1 && made.distance() == 0;
}

constexpr bool what_cannot_be_far_is_still_said() {
  repeated_loops all{};
  all.push_back({.count = 8, .step = {0, 1, 1}});
  return repetition_of(all).distance() == 1;
}

}  // namespace

TEST_CASE("repetition") {
  CHECK_BOTH(the_two_longest_loops_need_no_micro_ops());
  CHECK_BOTH(no_accumulator_is_met_within_three_steps());
  CHECK_BOTH(turns_that_sum_stand_outside());
  CHECK_BOTH(order_can_be_kept());
  CHECK_BOTH(one_that_is_not_repeated_is_one_micro_op());
  CHECK_BOTH(what_cannot_be_far_is_still_said());
}
