#include <bench/workloads/axpy.hpp>
#include <bench/workloads/blur.hpp>
#include <bench/workloads/dense_gelu.hpp>
#include <bench/workloads/gelu.hpp>
#include <bench/workloads/gelu_chain.hpp>
#include <bench/workloads/sgemm.hpp>

#include <Eigen/Core>
#include <unsupported/Eigen/CXX11/Tensor>

#include <memory>

namespace tenon::bench {

namespace {

using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using row = Eigen::Array<float, 1, Eigen::Dynamic>;
using line = Eigen::Array<float, Eigen::Dynamic, 1>;
using tensor = Eigen::Tensor<float, 1, Eigen::RowMajor, Eigen::Index>;

template <class Type, class... Extents>
Eigen::Map<Type> mapped(floats const& data, Extents... extents) {
  return {data.data(), static_cast<Eigen::Index>(extents)...};
}

Eigen::TensorMap<tensor> as_tensor(floats const& data) { return {data.data(), static_cast<Eigen::Index>(data.size())}; }

contender<sgemm> const matrices("Eigen", role::peer, [](sgemm& p) -> task {
  return
      [&p] { mapped<matrix>(p.y, p.n, p.n).noalias() = mapped<matrix>(p.a, p.n, p.n) * mapped<matrix>(p.b, p.n, p.n); };
});

contender<dense_gelu> const layer("Eigen, matrix product and expression", role::peer, [](dense_gelu& p) -> task {
  return [&p] {
    auto y = mapped<matrix>(p.y, p.m, p.n);
    y.noalias() = mapped<matrix>(p.x, p.m, p.k) * mapped<matrix>(p.w, p.k, p.n);
    for (Eigen::Index i = 0; i < p.m; ++i) {
      auto t = y.row(i).array();
      t += mapped<row>(p.b, p.n);
      t = 0.5F * t * (1.0F + (gelu_scale * (t + gelu_cube * t * t * t)).tanh());
    }
  };
});

contender<axpy> const vectors("Eigen Array", role::peer, [](axpy& p) -> task {
  return [&p] { mapped<line>(p.y, p.y.size()) += p.a * mapped<line>(p.x, p.x.size()); };
});

contender<axpy> const tensors("Eigen Tensor", role::peer, [](axpy& p) -> task {
  return [&p] {
    auto y = as_tensor(p.y);
    y = as_tensor(p.x) * p.a + y;
  };
});

contender<gelu_chain> const chain("Eigen Array", role::peer, [](gelu_chain& p) -> task {
  return [&p] {
    auto const t = mapped<line>(p.x, p.x.size()) * p.w + p.b;
    mapped<line>(p.y, p.y.size()) = 0.5F * t * (1.0F + (gelu_scale * (t + gelu_cube * t * t * t)).tanh());
  };
});

contender<gelu_chain> const tensor_chain("Eigen Tensor", role::peer, [](gelu_chain& p) -> task {
  return [&p] {
    auto const x = as_tensor(p.x);
    auto const t = x * p.w + p.b;
    auto y = as_tensor(p.y);
    y = t * 0.5F * (((t + t * t * t * gelu_cube) * gelu_scale).tanh() + 1.0F);
  };
});

// Three rows across stay in the cache; each is made once.
contender<blur> const image("Eigen Array, by rows", role::peer, [](blur& p) -> task {
  auto const across = std::make_shared<Eigen::Array<float, 3, Eigen::Dynamic, Eigen::RowMajor>>(3, p.width);
  return [&p, across] {
    constexpr float third = 1.0F / 3.0F;
    for (Eigen::Index y = 0; y < p.height + 2; ++y) {
      Eigen::Map<row> const from{p.in.data() + y * p.in_pitch, p.width + 2};
      across->row(y % 3) = (from.segment(0, p.width) + from.segment(1, p.width) + from.segment(2, p.width)) * third;
      if (y >= 2) {
        Eigen::Map<row>{p.out.data() + (y - 2) * p.out_pitch, p.width} =
            (across->row(0) + across->row(1) + across->row(2)) * third;
      }
    }
  };
});

}  // namespace

}  // namespace tenon::bench
