#pragma once

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

}  // namespace cuda_operators
