#include <tenon/language/signature.hpp>

#include <tenon/ir/build.hpp>

#include "support/both.hpp"

using namespace tenon;

constexpr bool a_signature_says_what_the_buffers_are() {
  ir::program p{};
  ir::parameter_id const m = p.add(ir::parameter{.name = "M", .bound = 512, .divisor = 4});
  ir::node_id const rows =
      p.add(ir::node{.what = ir::op::parameter, .type = ir::index_type, .x = static_cast<std::uint16_t>(m)});
  ir::node_id const columns = ir::add_index(p, 7);
  p.add(ir::buffer{.name = "x",
                   .type = element::f32,
                   .rank = 2,
                   .use = ir::role::input,
                   .strided = true,
                   .extents = {rows, columns}});
  p.add(ir::buffer{
      .name = "y", .type = element::i8, .rank = 1, .use = ir::role::output, .alignment = 64, .extents = {rows}});
  p.add(ir::buffer{.name = "t", .type = element::f32, .rank = 1, .extents = {rows}});
  p.arguments = 2;
  signature const s = signature_of(p);
  expectation const& x = s.arguments[0];
  expectation const& y = s.arguments[1];
  return s.arguments.size() == 2 && s.parameters.size() == 2 && s.parameters[1].bound == 512 && x.name == label("x") &&
         x.strided && !x.written && x.parameters[0] == 1 && x.parameters[1] == 0 && x.extents[1] == 7 && y.written &&
         y.type == element::i8 && y.alignment == 64 && y.rank == 1;
}

TEST_CASE("signature") { CHECK_BOTH(a_signature_says_what_the_buffers_are()); }
