#include <tenon/target/vta/transfer.hpp>

#include <cstddef>
#include <cstdint>
#include <map>

#include "support/both.hpp"
#include "target/vta/dice.hpp"

namespace {

using namespace tenon;
using namespace tenon::vta;

struct listed {
  int count = 0;
  block first{};
  std::int64_t second_sram = -1;
};
constexpr listed transfers(copy_loops const& loops, std::int64_t sram = 0, std::int64_t dram = 0) {
  listed made{};
  static_cast<void>(each_transfer(loops, sram, dram, [&](std::int64_t at, block const& b) {
    if (made.count == 0) made.first = b;
    if (made.count == 1) made.second_sram = at;
    ++made.count;
  }));
  return made;
}

constexpr bool what_lies_in_a_row_is_a_row() {
  copy_loops loops{};
  loops.push_back({.count = 3, .sram = 3, .dram = 3});
  loops.push_back({.count = 3, .sram = 1, .dram = 1});
  listed const made = transfers(loops, 0, 100);
  return made.count == 1 && made.first.rows == 1 && made.first.columns == 9 && made.first.dram == 100;
}

constexpr bool rows_may_lie_apart() {
  copy_loops loops{};
  loops.push_back({.count = 4, .sram = 6, .dram = 30});
  loops.push_back({.count = 6, .sram = 1, .dram = 1});
  listed const made = transfers(loops);
  return made.count == 1 && made.first.rows == 4 && made.first.columns == 6 && made.first.stride == 30;
}

constexpr bool zeros_stand_around() {
  copy_loops loops{};
  loops.push_back({.count = 16, .sram = 30, .dram = 28, .before = 1});
  loops.push_back({.count = 30, .sram = 1, .dram = 1, .before = 1, .behind = 1});
  listed const made = transfers(loops, 0, -29);
  block const& b = made.first;
  return made.count == 1 && b.dram == 0 && b.rows == 15 && b.columns == 28 && b.top == 1 && b.bottom == 0 &&
         b.left == 1 && b.right == 1;
}

constexpr bool a_third_loop_is_more_instructions() {
  copy_loops loops{};
  loops.push_back({.count = 2, .sram = 24, .dram = 1000});
  loops.push_back({.count = 4, .sram = 6, .dram = 30});
  loops.push_back({.count = 6, .sram = 1, .dram = 1});
  listed const made = transfers(loops);
  return made.count == 2 && made.second_sram == 24 && made.first.rows == 4;
}

constexpr bool the_order_of_loops_does_not_matter() {
  copy_loops loops{};
  loops.push_back({.count = 6, .sram = 1, .dram = 1});
  loops.push_back({.count = 4, .sram = 6, .dram = 30});
  return transfers(loops).count == 1;
}

constexpr bool zeros_in_a_third_loop_are_refused() {
  copy_loops loops{};
  loops.push_back({.count = 2, .sram = 24, .dram = 1000, .before = 1});
  loops.push_back({.count = 4, .sram = 6, .dram = 30});
  loops.push_back({.count = 6, .sram = 1, .dram = 1});
  auto const nothing = [](std::int64_t, block const&) {};
  return each_transfer(loops, 0, 0, nothing) ==
         "zeros are put around rows and columns, and this copy needs them in a third loop";
}

constexpr bool nothing_but_zeros_is_refused() {
  copy_loops loops{};
  loops.push_back({.count = 2, .sram = 1, .dram = 1, .before = 2});
  auto const nothing = [](std::int64_t, block const&) {};
  return !each_transfer(loops, 0, 0, nothing).empty();
}

}  // namespace

TEST_CASE("transfer") {
  CHECK_BOTH(what_lies_in_a_row_is_a_row());
  CHECK_BOTH(rows_may_lie_apart());
  CHECK_BOTH(zeros_stand_around());
  CHECK_BOTH(a_third_loop_is_more_instructions());
  CHECK_BOTH(the_order_of_loops_does_not_matter());
  CHECK_BOTH(zeros_in_a_third_loop_are_refused());
  CHECK_BOTH(nothing_but_zeros_is_refused());
}

TEST_CASE("transfer: blocks move what the loops move") {
  dice d{.state = 11};
  for (int round = 0; round < 2000; ++round) {
    copy_loops loops{};
    std::int64_t dense = 1;
    int const depth = static_cast<int>(d.below(4));
    for (int n = 0; n < depth; ++n) {
      copy_loop l{.count = 1 + static_cast<std::int64_t>(d.below(5)), .sram = dense, .dram = 1};
      l.dram = n == 0 && d.below(4) != 0 ? 1 : dense + static_cast<std::int64_t>(d.below(3)) * 7;
      if (n < 2 && l.count > 2 && d.below(3) == 0) l.before = 1;
      if (n < 2 && l.count > 2 && d.below(3) == 0) l.behind = 1;
      dense *= l.count;
      loops.push_back(l);
    }
    std::map<std::int64_t, std::int64_t> expected{}, found{};  // SRAM element to DRAM element, -1 for zeros
    std::int64_t turns = 1;
    for (copy_loop const& l : loops) turns *= l.count;
    for (std::int64_t turn = 0; turn < turns; ++turn) {
      std::int64_t rest = turn, sram = 5, dram = 1000;
      bool inside = true;
      for (copy_loop const& l : loops) {
        std::int64_t const x = rest % l.count;
        rest /= l.count;
        sram += x * l.sram;
        dram += x * l.dram;
        inside = inside && x >= l.before && x < l.count - l.behind;
      }
      expected[sram] = inside ? dram : -1;
    }
    text const no = each_transfer(loops, 5, 1000, [&](std::int64_t at, block const& b) {
      for (std::int64_t r = -b.top; r < b.rows + b.bottom; ++r) {
        for (std::int64_t c = -b.left; c < b.columns + b.right; ++c) {
          bool const inside = r >= 0 && r < b.rows && c >= 0 && c < b.columns;
          found[at++] = inside ? b.dram + r * b.stride + c : -1;
        }
      }
    });
    CAPTURE(round);
    if (no.empty()) CHECK(found == expected);
  }
}
