#include <tenon/lower/cached.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/programs.hpp>

using namespace tenon;

namespace {

constexpr bool each_copy_gets_a_name_of_its_own() {
  ir::program p = programs::copy(4);
  label const first = lower::fresh_buffer_name(p, "x", "cache");
  p.add(ir::buffer{.name = first});
  return first == label{"x.cache"} && lower::fresh_buffer_name(p, "x", "cache") == label{"x.cache2"};
}

constexpr bool only_what_may_be_outside_is_guarded() {
  programs::maker m{};
  auto const x = m.input("x", {4});
  auto const i = m.at(m.axis(x, "i", 4));
  ir::access inside{.of = x, .rank = 1, .at = {i}};
  ir::access outside{.of = x, .rank = 1, .at = {ir::add_index(m.p, ir::op::add, i, 1)}};
  ir::node_id const zero = lower::add_zero(m.p, element::f32);
  return m.p[lower::add_load_or(m.p, inside, zero)].what == ir::op::load &&
         m.p[lower::add_load_or(m.p, outside, zero)].what == ir::op::guarded;
}

}  // namespace

TEST_CASE("cached") {
  CHECK_BOTH(each_copy_gets_a_name_of_its_own());
  CHECK_BOTH(only_what_may_be_outside_is_guarded());
}
