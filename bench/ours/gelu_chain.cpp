#include <bench/workloads/gelu_chain.hpp>

#include <tenon/tenon.hpp>

namespace tenon::bench {

namespace {

/// y = gelu(x w + b): one pass over memory.
template <auto Size>
struct chain {
  axis<"i", Size> i;
  tensor<"x", float, Size> x;
  tensor<"w", float> w;
  tensor<"b", float> b;
  tensor<"y", float, Size> y;

  constexpr auto define() const { return y(i) = gelu(x(i) * w() + b()); }
};

/// The same with two vectors at once. The last cache holds x and y, so y is not streamed past it.
template <auto Size>
struct chain_tuned {
  axis<"i", Size> i;
  tensor<"x", float, Size> x;
  tensor<"w", float> w;
  tensor<"b", float> b;
  tensor<"y", float, Size> y;

  constexpr auto define() const { return y(i) = gelu(x(i) * w() + b()); }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 32, tail::peel), vectorize(i.inner)); }
};

constexpr int size = 1 << 22;

template <class Op>
task run_chain(gelu_chain& p) {
  return [&p] {
    constexpr Op op;
    cpu::kernel<Op> const run{cpu::sequential()};
    run(op.x = p.x, op.w = p.w, op.b = p.b, op.y = p.y);
  };
}

contender<gelu_chain> const ours("tenon", role::ours, run_chain<chain_tuned<size>>);
contender<gelu_chain> const by_default("tenon, default schedule", role::ours, run_chain<chain<size>>, 0.6);
contender<gelu_chain> const at_run_time("tenon, size at run time", role::ours, run_chain<chain_tuned<run_time<"N">>>,
                                        0.97);

}  // namespace

}  // namespace tenon::bench
