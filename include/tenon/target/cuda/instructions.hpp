#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/language/arithmetic.hpp>
#include <tenon/language/axis.hpp>
#include <tenon/language/cast.hpp>
#include <tenon/language/reduction.hpp>
#include <tenon/language/tensor.hpp>
#include <tenon/lower/describe_instruction.hpp>
#include <tenon/lower/machine.hpp>
#include <tenon/lower/match_instruction.hpp>
#include <tenon/schedule/instruction_list.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/support/bfloat16.hpp>
#include <tenon/support/half.hpp>
#include <tenon/target/cuda/config.hpp>
#include <tenon/target/cuda/grid.hpp>
#include <tenon/target/cuda/place_in_threads.hpp>

/// Instructions that the 32 threads of a warp do together, on matrices of which each of them holds a part.
namespace tenon::cuda {

namespace detail {

/// What is different in the instructions of tensor cores: the name, and what PTX calls it. Four registers of `a`, two of `b`.
template <class T>
struct tensor_core;
template <>
struct tensor_core<bfloat16> {
  static constexpr label name = "mma_m16n8k16_bf16";
#if defined(__CUDACC__)
  __device__ __forceinline__ static void run(float (&d)[4], unsigned const (&a)[4], unsigned const (&b)[2]) {
    // volatile: a compiler must not move it to where only some lanes go.
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
                 "{%0, %1, %2, %3};"
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
  }
#endif
};
template <>
struct tensor_core<half> {
  static constexpr label name = "mma_m16n8k16_f16";
#if defined(__CUDACC__)
  __device__ __forceinline__ static void run(float (&d)[4], unsigned const (&a)[4], unsigned const (&b)[2]) {
    // volatile: a compiler must not move it to where only some lanes go.
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
                 "{%0, %1, %2, %3};"
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
                 : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
  }
#endif
};

}  // namespace detail

/// mma.sync.m16n8kK: a tile of 16 x 8 sums, each of K products of a T with a T. Row 8 * upper + row and column
/// 2 * column + pair of the tile are in the registers of lane 4 * row + column: thread_y counts the rows, thread_x the columns.
template <class T>
struct mma {
  static constexpr int packed = 4 / static_cast<int>(sizeof(T));  // elements in a register
  static constexpr int depth = 8 * packed;

  static constexpr label name = detail::tensor_core<T>::name;
  static constexpr ir::loop_kind lanes[2]{ir::loop_kind::thread_y, ir::loop_kind::thread_x};
  static constexpr space memories[1]{space::registers};
  static constexpr int held[3]{4, 4 * packed, 2 * packed};  // elements of each operand, by one lane

  axis<"row", 8> row;
  axis<"column", 4> column;
  axis<"upper", 2> upper;
  axis<"pair", 2> pair;
  axis<"k", depth> k;
  tensor<"d", float, 8, 4, 2, 2> d;
  tensor<"a", T, 2, 8, depth> a;
  tensor<"b", T, 4, 2, depth> b;

  constexpr auto define() const {
    return d(row, column, upper, pair) = sum(k, cast<float>(a(upper, row, k)) * cast<float>(b(column, pair, k)));
  }

  /// Where element `i` stands of what lane 4 * r + c holds of an operand.
  static constexpr lower::turns turns_of(int operand, int r, int c, int i) {
    int const first = packed * c + i % packed;  // of the products, in one half of them
    if (operand == 0) return {{r, c, i / 2, i % 2, 0, 0}};
    if (operand == 1) return {{r, 0, i / packed % 2, 0, first + depth / 2 * (i / (2 * packed)), 0}};
    return {{0, r / 2, 0, r % 2, first + depth / 2 * (i / packed), 0}};
  }

#if defined(__CUDACC__)
  /// d += a * b
  __device__ __forceinline__ static void run(float (&d)[4], unsigned const (&a)[4], unsigned const (&b)[2]) {
    detail::tensor_core<T>::run(d, a, b);
  }
#endif
};

/// The instructions that a schedule for a GPU may name.
using instructions = instruction_list<mma<bfloat16>, mma<half>>;

/// A GPU as the steps of a schedule see it: with its instructions, if some are named.
template <class List = instructions>
constexpr lower::machine gpu_with() {
  lower::machine made = gpu;
  made.instructions = lower::describe_instructions<List>();
  return made;
}

/// Whether a schedule names instructions.
constexpr bool names_instructions(schedule const& plan) {
  bool found = false;
  for (step const& s : plan.steps) found |= s.what == action::tensorize;
  return found;
}

/// Why the threads of a block cannot do an instruction that stands at `done`, or nothing.
constexpr text why_not_together(ir::program const& p, ir::node_id done, lower::machine const& on) {
  label const& name = p.instructions[p[done].x];
  lower::instruction const& wanted = on.instructions.first[on.find_instruction(name)];
  text why{};
  why << "tensorize(..., " << name << "): ";
  lower::instruction_match const found = lower::match_instruction(p, p[done].a, wanted, on);
  if (!found.matched) return why << found.difference;
  grid const g = grid_of(p);
  for (std::size_t n = 0; n < wanted.lanes.size(); ++n) {
    int const place = thread_place_of(wanted.lanes[n]);
    ir::axis const& lanes = p[found.axes[n]];
    if (g.threads[place] == ir::constant_or(p, lanes.extent, 0)) continue;
    return why << "the lanes of a warp do it, " << ir::constant_or(p, lanes.extent, 0) << " of them along "
               << name_of_place(place + 3) << "; a block has " << g.threads[place] << " there, for loops other than "
               << lanes.name << "; bind no longer ones";
  }
  return {};
}

}  // namespace tenon::cuda
