#include <bench/workloads/blur.hpp>

#include <tenon/tenon.hpp>

namespace tenon::bench {

namespace {

/// Three by three in two stages; rows of the image are `Pitch` floats apart.
template <auto Height, auto Taller, int Width, int Pitch>
struct box_blur {
  axis<"y", Height> y;
  axis<"v", Taller> v;
  axis<"x", Width> x;
  tensor<"in", float, Taller, Pitch> in;
  temporary<"across", float, Taller, Width> across;
  tensor<"out", float, Height, Width> out;

  constexpr auto define() const {
    constexpr float third = 1.0F / 3.0F;
    return stages(across(v, x) = (in(v, x) + in(v, x + 1) + in(v, x + 2)) * third,
                  out(y, x) = (across(y, x) + across(y + 1, x) + across(y + 2, x)) * third);
  }

  // Strips of columns, eight rows at a time: ten rows of `across` stay in registers, the result goes past the caches, and
  // the ten rows of `in` are asked for ahead.
  constexpr auto schedule(cpu_target) const {
    return steps(split(y, 8, tail::peel), split(out[x], 32), reorder(y.outer, out[x.outer], y.inner, out[x.inner]),
                 compute_at(across, out[x.outer]), unroll(across[v]), vectorize(across[x]), unroll(y.inner),
                 vectorize(out[x.inner]), stream(out), prefetch(in, out[x.outer], 2));
  }
};

constexpr int edge = 4096;
constexpr int pitch = 4112;

template <class Op>
task run_blur(blur& p) {
  return [&p] {
    constexpr Op op;
    cpu::kernel<Op> const run{cpu::sequential()};
    run(op.in = p.in, op.out = p.out);
  };
}

contender<blur> const ours("tenon", role::ours, run_blur<box_blur<edge, edge + 2, edge, pitch>>);

// Rows that come in eights, as blocks of an image do.
constexpr auto rows = run_time<"rows", 0, 8>;
contender<blur> const at_run_time("tenon, rows at run time", role::ours,
                                  run_blur<box_blur<rows, rows + 2, edge, pitch>>, 0.97);

}  // namespace

}  // namespace tenon::bench
