#include <tenon/lower/elementwise.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr ir::buffer_id z{2}, y{3};

/// y(i, j) = x(i, j); z(i, j) = y(j, i), or y(i, i)
constexpr ir::program reader(bool diagonal) {
  programs::maker m{};
  auto const x = m.input("x", {3, 3});
  m.output("z", {3, 3});
  m.temporary("y", {3, 3});
  auto const i = m.axis(y, "i", 3), j = m.axis(y, "j", 3);
  m.stage(y, {i, j}, m.load(x, {m.at(i), m.at(j)}));
  auto const i2 = m.axis(z, "i", 3), j2 = m.axis(z, "j", 3);
  m.stage(z, {i2, j2}, m.load(y, {m.at(diagonal ? i2 : j2), m.at(i2)}));
  return m.done();
}

constexpr bool axes_are_matched_in_any_order() {
  ir::program const p = reader(false);
  lower::stage const s = lower::find_stage(p, z);
  lower::matched_axes const m = lower::match_axes(p, s, y, true, lower::plain_axes_of(p, s));
  return m.matched && m.of_dimension[0] == ir::axis_id{4} && m.of_dimension[1] == ir::axis_id{3};
}

constexpr bool a_diagonal_does_not_match() {
  ir::program const p = reader(true);
  lower::stage const s = lower::find_stage(p, z);
  return !lower::match_axes(p, s, y, true, lower::plain_axes_of(p, s)).matched;
}

constexpr bool the_latest_tensor_read_is_found() {
  ir::program const p = reader(false);
  return lower::latest_read(p, lower::find_stage(p, z)) == y &&
         lower::latest_read(p, lower::find_stage(p, y)) == ir::buffer_id::none;
}

}  // namespace

TEST_CASE("elementwise") {
  CHECK_BOTH(axes_are_matched_in_any_order());
  CHECK_BOTH(a_diagonal_does_not_match());
  CHECK_BOTH(the_latest_tensor_read_is_found());
}
