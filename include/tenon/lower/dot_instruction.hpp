#pragma once

#include <initializer_list>

#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/lower/instruction.hpp>

/// The instructions of AVX-512 that multiply narrow numbers and add up neighbours.
namespace tenon::lower {

/// sum(l) += sum(q, a(q) * b(l, q)), the factors widened to the type of the sum: `lanes` sums at once, of `depth` products each.
/// A narrow vector a of `depth` elements serves all lanes.
constexpr ir::program dot_behaviour(element sum_type, element a_type, element b_type, int lanes, int depth) {
  ir::program p{};
  auto const tensor = [&](label name, element type, ir::role use, std::initializer_list<int> extents) {
    ir::buffer made{.name = name, .type = type, .use = use, .where = ir::memory::argument};
    for (int e : extents) made.extents[made.rank++] = ir::add_index(p, e);
    ++p.arguments;
    return p.add(made);
  };
  ir::buffer_id const sum = tensor("sum", sum_type, ir::role::output, {lanes});
  ir::buffer_id const a = tensor("a", a_type, ir::role::input, {depth});
  ir::buffer_id const b = tensor("b", b_type, ir::role::input, {lanes, depth});
  ir::buffer_id const partial = p.add(ir::buffer{.name = "sum.sum", .type = sum_type, .accumulates = true});
  ir::axis_id const l = p.add(ir::axis{.name = "l", .stage = sum, .extent = ir::add_index(p, lanes)});
  ir::axis_id const q = p.add(ir::axis{.name = "q", .stage = sum, .extent = ir::add_index(p, depth), .reduces = true});
  auto const formal = [&](int n) { return p.add(ir::node{.what = ir::op::formal, .type = sum_type, .value = n}); };
  ir::node_id const zero = ir::is_float(sum_type) ? ir::add_real(p, sum_type, 0) : ir::add_integer(p, sum_type, 0);
  ir::reduction adds{.kind = ir::reduction_kind::sum, .values = 1};
  adds.identity[0] = zero;
  adds.combine[0] = ir::add_binary(p, ir::op::add, formal(0), formal(1));
  ir::reduction_id const reduction = p.add(adds);

  ir::node_id const cl = ir::add_counter(p, l);
  ir::node_id const cq = ir::add_counter(p, q);
  auto const factor = [&](ir::access_id from) { return ir::add_cast(p, sum_type, ir::add_load(p, from)); };
  ir::node_id const product =
      ir::add_binary(p, ir::op::mul, factor(ir::add_access(p, a, {cq})), factor(ir::add_access(p, b, {cl, cq})));
  ir::access_id const here = ir::add_access(p, partial, {});
  ir::node_id const load = ir::add_load(p, here);
  ir::node_id const next = ir::add_binary(p, ir::op::add, load, product);
  ir::node_id const update = ir::add_loop(p, q, ir::add_store(p, here, next, ir::node_id::none, reduction));
  ir::node_id const last = ir::add_store(p, ir::add_access(p, sum, {cl}), load);
  ir::node_id const body = ir::add_block(p, ir::add_store(p, here, zero), ir::add_block(p, update, last));
  p.root = ir::add_loop(p, l, ir::add_allocate(p, partial, body));
  return p;
}

namespace detail {

/// Made when somebody asks for it.
template <element Sum, element A, element B, int Lanes, int Depth>
inline constexpr ir::program dot_behaviour_of = dot_behaviour(Sum, A, B, Lanes, Depth);

}  // namespace detail

/// AVX-512 VNNI: 16 sums of int32, each of 4 products of a uint8 with an int8.
constexpr instruction vnni_dot4() {
  return {.name = "vnni_dot4", .behaviour = &detail::dot_behaviour_of<element::i32, element::u8, element::i8, 16, 4>};
}
/// AVX512-BF16: 16 sums of float, each of 2 products of bfloat16.
constexpr instruction bf16_dot2() {
  return {.name = "bf16_dot2",
          .behaviour = &detail::dot_behaviour_of<element::f32, element::bf16, element::bf16, 16, 2>};
}

}  // namespace tenon::lower
