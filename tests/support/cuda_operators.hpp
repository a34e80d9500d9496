#pragma once

#include <type_traits>

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>

/// Operators with schedules for a GPU, which the tests of the emulator and of nvcc share.
namespace cuda_operators {

using namespace tenon;

/// Threads of one block that read what others wrote.
struct turned_around {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  temporary<"s", float, 64> s;
  tensor<"y", float, 64> y;

  constexpr auto define() const { return stages(s(i) = 2 * x(i), y(i) = s(63 - i) + 1); }
  constexpr auto schedule(cuda_target) const { return steps(bind(s[i], thread_x), bind(y[i], thread_x)); }
};

/// A chain of element-wise stages with broadcasting, in one pass over memory: 16 bytes a thread and access.
template <int Rows, int Columns>
struct scaled_gelu {
  axis<"i", Rows> i;
  axis<"j", Columns> j;
  tensor<"x", float, Rows, Columns> x;
  tensor<"scale", float, Columns> scale;
  tensor<"shift", float, Rows> shift;
  temporary<"t", float, Rows, Columns> t;
  tensor<"y", float, Rows, Columns> y;

  constexpr auto define() const {
    return stages(t(i, j) = x(i, j) * scale(j) + shift(i), y(i, j) = t(i, j) * sigmoid(1.702F * t(i, j)));
  }
  constexpr auto schedule(cuda_target) const {
    return steps(split(y[j], 128, tail::guard), split(y[j.inner], 4), split(y[i], 4, tail::guard),
                 reorder(y[i.outer], y[j.outer], y[i.inner], y[j.inner.outer], y[j.inner.inner]),
                 compute_at(t, y[j.inner.outer]), vectorize(t[j]), bind(y[i.outer], block_y), bind(y[j.outer], block_x),
                 bind(y[i.inner], thread_y), bind(y[j.inner.outer], thread_x), vectorize(y[j.inner.inner]));
  }
};

/// A warp for each row, which stays in registers; its lanes put maxima and sums together.
template <int Rows, int Columns>
struct softmax {
  axis<"i", Rows> i;
  axis<"j", Columns> j;
  tensor<"x", float, Rows, Columns> x;
  temporary<"most", float, Rows> most;
  temporary<"grown", float, Rows, Columns> grown;
  temporary<"total", float, Rows> total;
  tensor<"y", float, Rows, Columns> y;

  constexpr auto define() const {
    return stages(most(i) = maximum(j, x(i, j)), grown(i, j) = exp(x(i, j) - most(i)), total(i) = sum(j, grown(i, j)),
                  y(i, j) = grown(i, j) / total(i));
  }
  constexpr auto schedule(cuda_target) const {
    return steps(split(y[i], 4, tail::guard), bind(y[i.outer], block_x), bind(y[i.inner], thread_y),
                 compute_at(total, y[i.inner]), compute_at(grown, y[i.inner]), compute_at(most, y[i.inner]),
                 split(most[j], 32, tail::guard), rfactor(most[j.inner]), lanes(most), split(grown[j], 32, tail::guard),
                 lanes(grown), split(total[j], 32, tail::guard), rfactor(total[j.inner]), lanes(total),
                 split(y[j], 32, tail::guard), lanes(y));
  }

 private:
  constexpr auto lanes(tensor_name const& stage) const {
    return steps(unroll(stage[j.outer]), bind(stage[j.inner], thread_x));
  }
};

/// A tile of 64 x 64 for a block, 4 x 4 for a thread; strips of both operands go through shared memory. With several
/// stages, the next strips are copied while one is computed with.
template <int M, int N, int K, int Stages = 1>
struct sgemm_relu {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, K, N> w;
  tensor<"b", float, N> b;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = relu(sum(k, x(i, k) * w(k, j)) + b(j)); }
  constexpr auto schedule(cuda_target) const {
    if constexpr (Stages > 1) return steps(strips(), pipeline(k.outer, Stages));
    else return strips();
  }

 private:
  constexpr auto strips() const {
    return steps(
        split(i, 64, tail::guard), split(i.inner, 4), split(j, 64, tail::guard), split(j.inner, 4),
        split(k, 16, tail::guard),
        reorder(i.outer, j.outer, k.outer, i.inner.outer, j.inner.outer, k.inner, i.inner.inner, j.inner.inner),
        bind(i.outer, block_y), bind(j.outer, block_x), bind(i.inner.outer, thread_y), bind(j.inner.outer, thread_x),
        unroll(k.inner), unroll(i.inner.inner), vectorize(j.inner.inner), cache(x, k.outer, space::shared),
        split(cached(x)[row], 16), unroll(cached(x)[row.outer]), bind(cached(x)[row.inner], thread_y),
        bind(cached(x)[column], thread_x), cache(w, k.outer, space::shared), bind(cached(w)[row], thread_y),
        split(cached(w)[column], 4), bind(cached(w)[column.outer], thread_x), vectorize(cached(w)[column.inner]));
  }
  static constexpr nested_loop<3> row{loop_name{.loop = "d0"}};
  static constexpr nested_loop<3> column{loop_name{.loop = "d1"}};
};

/// A tile of one warp. Rows of the strips in shared memory are `Padding` elements longer than they need to be.
template <int Padding>
struct padded_tile {
  axis<"i", 16> i;
  axis<"j", 8> j;
  axis<"k", 64> k;
  tensor<"x", bfloat16, 16, 64> x;
  tensor<"w", bfloat16, 64, 8> w;
  tensor<"y", float, 16, 8> y;

  constexpr auto define() const { return y(i, j) = sum(k, cast<float>(x(i, k)) * cast<float>(w(k, j))); }
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 8), split(j, 2), split(k, 16), reorder(k.outer, i.inner, j.outer, i.outer, j.inner, k.inner),
                 bind(i.inner, thread_y), bind(j.outer, thread_x), unroll(i.outer), unroll(j.inner),
                 cache(x, k.outer, space::shared), cache(w, k.outer, space::shared), align(cached(x), 16, Padding),
                 align(cached(w), 16, Padding), split(cached(x)[d0], 8), bind(cached(x)[d0.inner], thread_y),
                 split(cached(x)[d1], 4), bind(cached(x)[d1.outer], thread_x), split(cached(w)[d0], 8),
                 bind(cached(w)[d0.inner], thread_y), split(cached(w)[d1], 2), bind(cached(w)[d1.outer], thread_x),
                 tensorize((*this).y[i.inner], "mma_m16n8k16_bf16"));
  }

 private:
  static constexpr nested_loop<1> d0{loop_name{.loop = "d0"}};
  static constexpr nested_loop<1> d1{loop_name{.loop = "d1"}};
};

/// A tile of 128 x 64 for a block of four warps, 32 x 64 for a warp: 2 x 8 tiles of tensor cores, whose sums stay in the
/// registers of its lanes. Strips of both operands are copied two turns ahead. `w` lies as the instruction has it, a row for
/// each column of y; or, `Across`, a row for each k.
template <int M, int N, int K, bool Across = false, class T = bfloat16, class Out = T>
struct mma_gemm {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", T, M, K> x;
  tensor<"w", T, Across ? K : N, Across ? N : K> w;
  tensor<"b", float, N> b;
  tensor<"y", Out, M, N> y;

  constexpr auto define() const {
    if constexpr (Across) return y(i, j) = cast<Out>(relu(sum(k, wide(x(i, k)) * wide(w(k, j))) + b(j)));
    else return y(i, j) = cast<Out>(relu(sum(k, wide(x(i, k)) * wide(w(j, k))) + b(j)));
  }
  constexpr auto schedule(cuda_target) const {
    return steps(
        split(i, 128, tail::guard), split(i.inner, 32), split(i.inner.inner, 16), split(i.inner.inner.inner, 8),
        split(j, 64, tail::guard), split(j.inner, 8), split(j.inner.inner, 2), split(k, 32, tail::guard),
        split(k.inner, 16), reorder(i.outer, j.outer, k.outer, warp, k.inner.outer, tile_i, tile_j),
        reorder(tile_j, row, column, upper, pair, k.inner.inner), bind(i.outer, block_y), bind(j.outer, block_x),
        bind(warp, thread_z), bind(row, thread_y), bind(column, thread_x), unroll(k.inner.outer), unroll(tile_i),
        unroll(tile_j), unroll(upper), vectorize(pair), strips(), pipeline(k.outer, 3), tensorize((*this).y[row], mma));
  }

 private:
  template <class A>
  static constexpr auto wide(A const& a) {
    return cast<float>(a);
  }
  /// Each thread copies 16 bytes at a time; 16 bytes behind each row let its lanes read from different banks.
  constexpr auto strips() const {
    auto const filled = [](tensor_name const& strip) {
      return steps(align(strip, 16, 8), split(strip[d0], 8), split(strip[d0.outer], 4), unroll(strip[d0.outer.outer]),
                   bind(strip[d0.outer.inner], thread_z), bind(strip[d0.inner], thread_y), split(strip[d1], 8),
                   split(strip[d1.outer], 4), unroll(strip[d1.outer.outer]), bind(strip[d1.outer.inner], thread_x),
                   vectorize(strip[d1.inner]));
    };
    return steps(cache(x, k.outer, space::shared), filled(cached(x)), cache(w, k.outer, space::shared),
                 filled(cached(w)));
  }
  static constexpr label mma = std::is_same_v<T, half> ? label("mma_m16n8k16_f16") : label("mma_m16n8k16_bf16");
  static constexpr nested_loop<2> d0{loop_name{.loop = "d0"}};
  static constexpr nested_loop<2> d1{loop_name{.loop = "d1"}};
  static constexpr loop_name warp{.loop = "i.inner.outer"};
  static constexpr loop_name tile_i{.loop = "i.inner.inner.outer"};
  static constexpr loop_name tile_j{.loop = "j.inner.outer"};
  static constexpr loop_name row{.loop = "i.inner.inner.inner.inner"};
  static constexpr loop_name upper{.loop = "i.inner.inner.inner.outer"};
  static constexpr loop_name column{.loop = "j.inner.inner.outer"};
  static constexpr loop_name pair{.loop = "j.inner.inner.inner"};
};

template <int M, int N, int K>
using gemm_bf16 = mma_gemm<M, N, K>;

}  // namespace cuda_operators
