#include <bench/workloads/axpy.hpp>

#include <tenon/tenon.hpp>

namespace tenon::bench {

namespace {

template <auto Size>
struct scaled_sum {
  axis<"i", Size> i;
  tensor<"a", float> a;
  tensor<"x", float, Size> x;
  tensor<"y", float, Size> y;

  constexpr auto define() const { return y(i) = a() * x(i) + y(i); }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 64, tail::peel), vectorize(i.inner)); }
};

constexpr int size = 1 << 24;

template <class Op>
task run_axpy(axpy& p) {
  return [&p] {
    constexpr Op op;
    cpu::kernel<Op> const run{cpu::sequential()};
    run(op.a = p.a, op.x = p.x, op.y = p.y);
  };
}

contender<axpy> const ours("tenon", role::ours, run_axpy<scaled_sum<size>>);
contender<axpy> const at_run_time("tenon, size at run time", role::ours, run_axpy<scaled_sum<run_time<"N">>>, 0.97);

}  // namespace

}  // namespace tenon::bench
