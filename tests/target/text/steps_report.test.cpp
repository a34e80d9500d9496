#include <doctest/doctest.h>

#include <vector>

#include <support/programs.hpp>

#include <tenon/target/text/steps_report.hpp>

using namespace tenon;

TEST_CASE("a report has the nest under each step that changed it") {
  std::vector<show::moment> all{{"as written", programs::copy(4)}};
  all.push_back({"unroll(i)", all[0].program});
  all[1].program[ir::axis_id{1}].kind = ir::loop_kind::unrolled;
  all.push_back({"align(x, 64)", all[1].program});
  all.push_back(
      {"split(q, 2)", ir::refuse(all[2].program, text{} << "split(q, 2): no loop is called q; the loops are i")});
  CHECK(show::steps_report(all) == "== as written\n"
                                   "for i in 0..4\n"
                                   "  y[i] = x[i]\n"
                                   "\n"
                                   "== unroll(i)\n"
                                   "unrolled for i in 0..4\n"
                                   "  y[i] = x[i]\n"
                                   "\n"
                                   "== align(x, 64)  (the same loops)\n"
                                   "\n"
                                   "== split(q, 2)\n"
                                   "refused: split(q, 2): no loop is called q; the loops are i\n");
  CHECK(show::steps_report({}) == "");
}
