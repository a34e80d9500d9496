#include <tenon/target/cuda/instructions.hpp>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;
using bf16 = cuda::mma<bfloat16>;

/// Element `i` of what lane 4 * r + c holds is this row and this column of a, of b, of d.
constexpr bool is_at(lower::turns const& t, int row, int column, int upper, int pair, int k) {
  return t.at[0] == row && t.at[1] == column && t.at[2] == upper && t.at[3] == pair && t.at[4] == k;
}

constexpr bool lanes_hold_what_the_manual_says() {
  // Lane 14: row 3, column 2. Four registers of a: rows 3 and 11, k from 4 and from 12.
  return is_at(bf16::turns_of(1, 3, 2, 0), 3, 0, 0, 0, 4) && is_at(bf16::turns_of(1, 3, 2, 1), 3, 0, 0, 0, 5) &&
         is_at(bf16::turns_of(1, 3, 2, 2), 3, 0, 1, 0, 4) && is_at(bf16::turns_of(1, 3, 2, 4), 3, 0, 0, 0, 12) &&
         is_at(bf16::turns_of(1, 3, 2, 7), 3, 0, 1, 0, 13) &&
         // Column 3 of b is the second of pair 1.
         is_at(bf16::turns_of(2, 3, 2, 0), 0, 1, 0, 1, 4) && is_at(bf16::turns_of(2, 3, 2, 3), 0, 1, 0, 1, 13) &&
         is_at(bf16::turns_of(0, 3, 2, 1), 3, 2, 0, 1, 0) && is_at(bf16::turns_of(0, 3, 2, 2), 3, 2, 1, 0, 0);
}

template <int Operand>
constexpr bool each_element_has_one_lane() {
  bool held[8][4][2][2][16]{};
  int count = 0;
  for (int lane = 0; lane < 32; ++lane) {
    for (int i = 0; i < bf16::held[Operand]; ++i) {
      lower::turns const t = bf16::turns_of(Operand, lane / 4, lane % 4, i);
      bool& here = held[t.at[0]][t.at[1]][t.at[2]][t.at[3]][t.at[4]];
      if (here) return false;
      here = true;
      ++count;
    }
  }
  return count == (Operand == 1 ? 256 : 128);
}

constexpr bool instructions_are_described_where_some_are_named() {
  return cuda::machine_for<gemm_bf16<64, 64, 64>>().instructions.count == 2 &&
         cuda::machine_for<turned_around>().instructions.empty() &&
         cuda::gpu_with<>().find_instruction("mma_m16n8k16_f16") == 1 && cuda::gpu.find_instruction("mma") == -1;
}

/// The tile of one warp, in a block in which other loops have more threads.
template <int Rows>
struct one_tile {
  axis<"i", 2> i;
  axis<"r", 8> r;
  axis<"c", 4> c;
  axis<"p", 2> p;
  axis<"k", 32> k;
  axis<"n", Rows> n;
  tensor<"x", bfloat16, 2, 8, 32> x;
  tensor<"w", bfloat16, 4, 2, 32> w;
  tensor<"z", float, Rows> z;
  temporary<"t", float, 8, 4, 2, 2> t;
  tensor<"y", float, 8, 4, 2, 2> y;
  tensor<"u", float, Rows> u;

  constexpr auto define() const {
    return stages(t(r, c, i, p) = sum(k, cast<float>(x(i, r, k)) * cast<float>(w(c, p, k))),
                  y(r, c, i, p) = t(r, c, i, p) + 1, u(n) = z(n) + 1);
  }
  constexpr auto schedule(cuda_target) const {
    return steps(split(k, 16), reorder(k.outer, t[r], t[c], t[i], t[p], k.inner), bind(t[r], thread_y),
                 bind(t[c], thread_x), bind(y[r], thread_y), bind(y[c], thread_x), unroll(t[i]), unroll(t[p]),
                 unroll(y[i]), unroll(y[p]), bind(u[n], thread_y), tensorize(t[r], "mma_m16n8k16_bf16"));
  }
};

template <class Op>
constexpr text why_not() {
  ir::program const& p = cuda::lowered<Op>;
  text why{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::tensorized) why = cuda::why_not_together(p, id, cuda::machine_for<Op>());
  });
  return why;
}

TEST_CASE("instructions of a warp") {
  CHECK_BOTH(lanes_hold_what_the_manual_says());
  CHECK_BOTH(each_element_has_one_lane<0>());
  CHECK_BOTH(each_element_has_one_lane<1>());
  CHECK_BOTH(each_element_has_one_lane<2>());
  CHECK_BOTH(instructions_are_described_where_some_are_named());
  CHECK(why_not<one_tile<8>>() == "");
  CHECK(why_not<one_tile<16>>() ==
        "tensorize(..., mma_m16n8k16_bf16): the lanes of a warp do it, 8 of them along thread_y; a block has 16 there, "
        "for loops other than r; bind no longer ones");
}

}  // namespace
