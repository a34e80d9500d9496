#include <bench/workloads/axpy.hpp>
#include <bench/workloads/dense_gelu.hpp>
#include <bench/workloads/gelu_chain.hpp>
#include <bench/workloads/sgemm.hpp>

#include <oneapi/dnnl/dnnl.hpp>

#include <string>
#include <unordered_map>

namespace tenon::bench {

namespace {

using layout = dnnl::memory::format_tag;

dnnl::engine& processor() {
  static dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  return engine;
}

dnnl::memory::desc described(dnnl::memory::dims extents, layout tag) {
  return {extents, dnnl::memory::data_type::f32, tag};
}

// One primitive with its memories, ready to run.
struct call {
  dnnl::primitive primitive;
  std::unordered_map<int, dnnl::memory> memories;
  dnnl::stream stream{processor()};

  task as_task() const {
    return [self = *this]() mutable {
      self.primitive.execute(self.stream, self.memories);
      self.stream.wait();
    };
  }
};

// The weights as the primitive wants them, copied there beforehand.
dnnl::memory packed(dnnl::memory::desc const& wanted, dnnl::memory::desc const& given, float* data) {
  dnnl::memory from{given, processor(), data};
  dnnl::memory to{wanted, processor()};
  dnnl::stream stream{processor()};
  dnnl::reorder{from, to}.execute(stream, from, to);
  stream.wait();
  return to;
}

contender<sgemm> const plain("oneDNN sgemm", role::peer, [](sgemm& p) -> task {
  return [&p] { dnnl::sgemm('N', 'N', p.n, p.n, p.n, 1.0F, p.a.data(), p.n, p.b.data(), p.n, 0.0F, p.y.data(), p.n); };
});

task multiply(sgemm& p, bool prepacked) {
  dnnl::memory::dims const extents{p.n, p.n};
  auto const rows = described(extents, layout::ab);
  auto const weights = described(extents, prepacked ? layout::any : layout::ab);
  dnnl::matmul::primitive_desc const chosen{{rows, weights, rows}, processor()};
  call made{dnnl::matmul{chosen}, {}};
  made.memories = {{DNNL_ARG_SRC, {rows, processor(), p.a.data()}},
                   {DNNL_ARG_WEIGHTS, prepacked ? packed(chosen.weights_desc(), rows, p.b.data())
                                                : dnnl::memory{rows, processor(), p.b.data()}},
                   {DNNL_ARG_DST, {rows, processor(), p.y.data()}}};
  return made.as_task();
}

contender<sgemm> const matrices("oneDNN matmul", role::peer, [](sgemm& p) { return multiply(p, false); });

// Its packing is not part of the call, so it is shown and not counted as a peer of those that pack.
contender<sgemm> const prepacked("oneDNN matmul, b packed before", role::yardstick,
                                 [](sgemm& p) { return multiply(p, true); });

dnnl::primitive_attr followed_by_gelu() {
  dnnl::post_ops after;
  after.append_eltwise(1.0F, dnnl::algorithm::eltwise_gelu_tanh, 0.0F, 0.0F);
  dnnl::primitive_attr attributes;
  attributes.set_post_ops(after);
  return attributes;
}

contender<dense_gelu> const layer("oneDNN matmul with post-ops, w packed", role::peer, [](dense_gelu& p) -> task {
  auto const x = described({p.m, p.k}, layout::ab);
  auto const w = described({p.k, p.n}, layout::ab);
  auto const b = described({1, p.n}, layout::ab);
  auto const y = described({p.m, p.n}, layout::ab);
  dnnl::matmul::primitive_desc const chosen{
      {x, described({p.k, p.n}, layout::any), b, y}, followed_by_gelu(), processor()};
  call made{dnnl::matmul{chosen}, {}};
  made.memories = {{DNNL_ARG_SRC, {x, processor(), p.x.data()}},
                   {DNNL_ARG_WEIGHTS, packed(chosen.weights_desc(), w, p.w.data())},
                   {DNNL_ARG_BIAS, {b, processor(), p.b.data()}},
                   {DNNL_ARG_DST, {y, processor(), p.y.data()}}};
  return made.as_task();
});

contender<dense_gelu> const
    inner("oneDNN inner product with post-ops, w packed", role::peer, [](dense_gelu& p) -> task {
      auto const x = described({p.m, p.k}, layout::ab);
      auto const w = described({p.n, p.k}, layout::ba);  // in rows of k it is our w
      auto const b = described({p.n}, layout::a);
      auto const y = described({p.m, p.n}, layout::ab);
      dnnl::inner_product_forward::primitive_desc const chosen{
          {dnnl::prop_kind::forward_inference, x, described({p.n, p.k}, layout::any), b, y},
          followed_by_gelu(),
          processor()};
      call made{dnnl::inner_product_forward{chosen}, {}};
      made.memories = {{DNNL_ARG_SRC, {x, processor(), p.x.data()}},
                       {DNNL_ARG_WEIGHTS, packed(chosen.weights_desc(), w, p.w.data())},
                       {DNNL_ARG_BIAS, {b, processor(), p.b.data()}},
                       {DNNL_ARG_DST, {y, processor(), p.y.data()}}};
      return made.as_task();
    });

contender<axpy> const vectors("oneDNN binary add, scaled", role::peer, [](axpy& p) -> task {
  auto const line = described({static_cast<dnnl::memory::dim>(p.y.size())}, layout::a);
  dnnl::primitive_attr attributes;
  attributes.set_scales(DNNL_ARG_SRC_1, 0, {p.a});
  dnnl::binary::primitive_desc const chosen{{dnnl::algorithm::binary_add, line, line, line}, attributes, processor()};
  call made{dnnl::binary{chosen}, {}};
  dnnl::memory const y{line, processor(), p.y.data()};
  made.memories = {{DNNL_ARG_SRC_0, y}, {DNNL_ARG_SRC_1, {line, processor(), p.x.data()}}, {DNNL_ARG_DST, y}};
  return made.as_task();
});

contender<gelu_chain> const chain("oneDNN binary multiply with post-ops", role::peer, [](gelu_chain& p) -> task {
  auto const line = described({1, static_cast<dnnl::memory::dim>(p.y.size())}, layout::ab);
  auto const one = described({1, 1}, layout::ab);
  dnnl::post_ops after;
  after.append_eltwise(1.0F, dnnl::algorithm::eltwise_linear, 1.0F, p.b);
  after.append_eltwise(1.0F, dnnl::algorithm::eltwise_gelu_tanh, 0.0F, 0.0F);
  dnnl::primitive_attr attributes;
  attributes.set_post_ops(after);
  dnnl::binary::primitive_desc const chosen{{dnnl::algorithm::binary_mul, line, one, line}, attributes, processor()};
  call made{dnnl::binary{chosen}, {}};
  made.memories = {{DNNL_ARG_SRC_0, {line, processor(), p.x.data()}},
                   {DNNL_ARG_SRC_1, {one, processor(), &p.w}},
                   {DNNL_ARG_DST, {line, processor(), p.y.data()}}};
  return made.as_task();
});

}  // namespace

}  // namespace tenon::bench
