#include <bench/peers/halide.hpp>

#include <bench/workloads/axpy.hpp>
#include <bench/workloads/gelu.hpp>
#include <bench/workloads/gelu_chain.hpp>

namespace tenon::bench {

namespace {

Halide::Buffer<float> as_buffer(floats const& data) {
  return Halide::Buffer<float>{data.data(), static_cast<int>(data.size())};
}

contender<axpy> const vectors("Halide", role::peer, [](axpy& p) -> task {
  auto const made = std::make_shared<halide_pipeline>();
  Halide::ImageParam y{Halide::Float(32), 1};
  Halide::Var n;
  made->from = as_buffer(p.x);
  made->to = as_buffer(p.y);
  y.set(made->to);
  made->result(n) = p.a * made->input(n) + y(n);
  made->result.vectorize(n, 16).unroll(n, 4);
  made->result.output_buffer().dim(0).set_min(0).set_extent(static_cast<int>(p.y.size()));
  return halide_pipeline::compiled(made);
});

contender<gelu_chain> const chain("Halide", role::peer, [](gelu_chain& p) -> task {
  auto const made = std::make_shared<halide_pipeline>();
  Halide::Var n;
  made->from = as_buffer(p.x);
  made->to = as_buffer(p.y);
  Halide::Expr const t = made->input(n) * p.w + p.b;
  // Its tanh is a scalar call; its exp is a vector polynomial.
  made->result(n) = t / (1.0F + Halide::fast_exp(-2.0F * gelu_scale * (t + gelu_cube * t * t * t)));
  made->result.vectorize(n, 16).unroll(n, 2);
  made->result.output_buffer().dim(0).set_min(0).set_extent(static_cast<int>(p.y.size()));
  return halide_pipeline::compiled(made);
});

}  // namespace

}  // namespace tenon::bench
