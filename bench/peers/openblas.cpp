#include <bench/workloads/axpy.hpp>
#include <bench/workloads/dense_gelu.hpp>
#include <bench/workloads/gelu.hpp>
#include <bench/workloads/sgemm.hpp>

#include <cblas.h>

#include <cstring>

namespace tenon::bench {

namespace {

contender<sgemm> const matrices("OpenBLAS", role::peer, [](sgemm& p) -> task {
  return [&p] {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, p.n, p.n, p.n, 1.0F, p.a.data(), p.n, p.b.data(), p.n, 0.0F,
                p.y.data(), p.n);
  };
});

contender<dense_gelu> const layer("OpenBLAS, then a loop for bias and GELU", role::peer, [](dense_gelu& p) -> task {
  return [&p] {
    auto const n = static_cast<std::size_t>(p.n);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, p.m, p.n, p.k, 1.0F, p.x.data(), p.k, p.w.data(), p.n, 0.0F,
                p.y.data(), p.n);
    for (std::size_t i = 0; i < static_cast<std::size_t>(p.m); ++i) {
      for (std::size_t j = 0; j < n; ++j) { p.y[i * n + j] = gelu(p.y[i * n + j] + p.b[j]); }
    }
  };
});

contender<axpy> const vectors("OpenBLAS", role::peer, [](axpy& p) -> task {
  return [&p] { cblas_saxpy(static_cast<blasint>(p.y.size()), p.a, p.x.data(), 1, p.y.data(), 1); };
});

}  // namespace

}  // namespace tenon::bench
