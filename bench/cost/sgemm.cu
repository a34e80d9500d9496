// flags: -O3 --expt-relaxed-constexpr -gencode=arch=compute_90a,code=sm_90a
#include <tenon/cuda.hpp>

using namespace tenon;

template <int M, int N, int K>
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
    constexpr nested_loop<3> row{loop_name{.loop = "d0"}}, column{loop_name{.loop = "d1"}};
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
};

void run(float const* x, float const* w, float const* b, float* y);

void run(float const* x, float const* w, float const* b, float* y) {
  cuda::kernel<sgemm_relu<1024, 1024, 512>>{}(view(x, {1024, 512}), view(w, {512, 1024}), view(b, {1024}),
                                              view(y, {1024, 1024}));
}
