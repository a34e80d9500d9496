#include <doctest/doctest.h>

#include <string_view>

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>
#include <tenon/target/cpu/why_refused.hpp>

using namespace tenon;

namespace {

struct twice {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
};

struct twice_bound {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(cpu_target) const { return steps(bind(i, block_x)); }
};

struct twice_cut {
  axis<"i", 256> i;
  tensor<"x", float, 256> x;
  tensor<"y", float, 256> y;

  constexpr auto define() const { return y(i) = 2 * x(i); }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 48)); }
};

/// Without a place in a loop, `t` would have no largest size: a consequence of the refused step, and not said.
struct twice_in_rows {
  axis<"i", run_time<"M">> i;
  tensor<"x", float, run_time<"M">> x;
  temporary<"t", float, run_time<"M">> t;
  tensor<"y", float, run_time<"M">> y;

  constexpr auto define() const { return stages(t(i) = 2 * x(i), y(i) = t(i) + 1); }
  constexpr auto schedule(cpu_target) const { return steps(split(y[i], 8, tail::peel), compute_at(t, y[i.outer])); }
};

struct nothing {
  axis<"i", 256> i;
};

}  // namespace

TEST_CASE("why_refused") {
  SUBCASE("an operator that can run is not refused") { CHECK(cpu::refused<twice>.empty()); }
  SUBCASE("a schedule's mistake is said") {
    static_assert(std::string_view(cpu::refused<twice_cut>).starts_with("split(i, 48): i runs 256 times"));
    CHECK(cpu::refused<twice_cut> == "split(i, 48): i runs 256 times, and 48 does not divide 256; take a factor that "
                                     "divides it, or say what happens to the rest: split(i, 48, tail::guard)");
  }
  SUBCASE("only the first mistake is said") {
    CHECK(cpu::refused<twice_in_rows> == "compute_at(t, y[i.outer]): t is read in several loops called y[i.outer]; "
                                         "place it before they are taken apart: "
                                         "split with tail::guard, and peel(y[i.outer]) afterwards");
  }
  SUBCASE("a CPU has no grid") {
    CHECK(cpu::refused<twice_bound> ==
          "bind(i, block_x): a CPU has no blocks and threads of a grid; say parallel(i) or vectorize(i)");
  }
  SUBCASE("an operator says what it computes") {
    CHECK(std::string_view(cpu::refused<nothing>).starts_with("this operator: it has no function define()"));
  }
}
