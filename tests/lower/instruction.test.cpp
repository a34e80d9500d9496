#include <tenon/lower/instruction.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

/// x(i, 2 * j) of a matrix with 6 columns
constexpr bool strides_count_elements() {
  programs::maker m{};
  auto const x = m.input("x", {4, 6});
  auto const y = m.output("y", {4, 3});
  auto const i = m.axis(y, "i", 4), j = m.axis(y, "j", 3);
  auto const at = ir::add_access(m.p, x, {m.at(i), ir::add_index(m.p, ir::op::mul, m.at(j), 2)});
  return lower::stride_of(m.p, at, i) == 6 && lower::stride_of(m.p, at, j) == 2;
}

constexpr bool a_run_time_stride_is_no_number() {
  programs::maker m{};
  auto const x = m.input("x", {4, 6});
  auto const i = m.axis(x, "i", 4), j = m.axis(x, "j", 6);
  auto const at = ir::add_access(m.p, x, {m.at(i), m.at(j)});
  m.p[x].strided = true;
  return lower::stride_of(m.p, at, i) == -1 && lower::stride_of(m.p, at, j) == 1;
}

/// y(i, j) = x(i, j) of M rows that lie anywhere.
constexpr bool numbers_written_into_it_have_names() {
  programs::maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M", .bound = 8}));
  auto const columns = ir::add_index(m.p, 4);
  auto const x = m.tensor("x", element::f32, ir::role::input, {rows, columns});
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows, columns});
  auto const i = m.axis(y, "i", rows), j = m.axis(y, "j", columns);
  m.stage(y, {i, j}, m.load(x, {m.at(i), m.at(j)}));
  m.p[x].strided = true;
  static_vector<label, 10> const names = lower::immediates_of(m.done());
  return names.size() == 2 && names[0] == label{"M"} && names[1] == label{"x.stride"};
}

}  // namespace

TEST_CASE("instruction") {
  CHECK_BOTH(numbers_written_into_it_have_names());
  CHECK_BOTH(strides_count_elements());
  CHECK_BOTH(a_run_time_stride_is_no_number());
}
