// Lesson 7: three targets. One quantised layer and three schedules: for this machine, for a GPU, and for VTA, an accelerator with a
// matrix unit. No GPU and no VTA is needed: one is emulated here, the other simulated. All three give the same bytes.
#include <cstddef>
#include <cstdint>
#include <iostream>

#include <tenon/cuda_emulator.hpp>
#include <tenon/ir/evaluate.hpp>
#include <tenon/target/cuda/report.hpp>
#include <tenon/target/vta/report.hpp>
#include <tenon/tenon.hpp>
#include <tenon/vta.hpp>

using namespace tenon;

/// y = clip((x * w^T + b) / 64). Inputs and outputs lie in blocks of 16, weights in blocks of 16 x 16: what VTA multiplies.
template <int Rows, int Inputs, int Outputs>
struct dense {
  axis<"i", Rows> i;
  axis<"ob", Outputs / 16> ob;
  axis<"o", 16> o;
  axis<"kb", Inputs / 16> kb;
  axis<"k", 16> k;
  tensor<"x", std::int8_t, Rows, Inputs / 16, 16> x;
  tensor<"w", std::int8_t, Outputs / 16, Inputs / 16, 16, 16> w;
  tensor<"b", std::int32_t, Outputs / 16, 16> b;
  tensor<"y", std::int8_t, Rows, Outputs / 16, 16> y;

  constexpr auto define() const {
    auto const total = sum(kb, k, cast<std::int32_t>(x(i, kb, k)) * cast<std::int32_t>(w(ob, kb, o, k)));
    return y(i, ob, o) = cast<std::int8_t>(max(min((total + b(ob, o)) >> 6, 127), -128));
  }

  /// Here: weights turned so that 16 outputs are one vector, and four rows at a time.
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4), reorder(ob, i.outer, kb, k, i.inner, o), cache(w, ob, order(kb, k, o)), unroll(i.inner),
                 vectorize(o));
  }

  /// A block of threads for 16 rows and 16 outputs, an output for each thread. Strips of both operands are shared.
  constexpr auto schedule(cuda_target) const {
    return steps(split(i, 16), reorder(i.outer, ob, kb, i.inner, o, k), bind(i.outer, block_y), bind(ob, block_x),
                 bind(i.inner, thread_y), bind(o, thread_x), cache(x, kb, order(i.inner, k), space::shared),
                 cache(w, kb, order(o, k), space::shared), bind(cached(x)[i.inner], thread_y),
                 bind(cached(x)[k], thread_x), bind(cached(w)[o], thread_y), bind(cached(w)[k], thread_x));
  }

  /// Tiles of 16 rows and 32 outputs. Two virtual threads take turns: one loads while the other one multiplies.
  constexpr auto schedule(vta_target) const {
    auto const thread = ob.outer.inner;
    return steps(split(i, 16), split(ob, 2), split(ob.outer, 2), split(kb, 4),
                 reorder(i.outer, ob.outer.outer, thread, kb.outer, kb.inner, i.inner, ob.inner, o, k),
                 cache(x, kb.outer, order(i.inner, kb.inner, k), vta::inp),
                 cache(w, kb.outer, order(ob.inner, kb.inner, o, k), vta::wgt),
                 cache(b, thread, order(ob.inner, o), vta::acc), place(accumulator(y), vta::acc),
                 in_place(y),  // one operation after another, as the ALU does them
                 tensorize(cached(x)[i.inner], "load_inp"), tensorize(cached(w)[ob.inner], "load_wgt"),
                 tensorize(cached(b)[ob.inner], "load_acc"), tensorize(y[i.inner], "reset"),
                 tensorize(y[kb.inner], "gemm"), tensorize(y[i.inner], "add"), tensorize(y[i.inner], "shr_imm"),
                 tensorize(y[i.inner], "min_imm"), tensorize(y[i.inner], "max_imm"), tensorize(y[i.inner], "store"),
                 virtual_thread(thread));
  }
};

int main() {
  constexpr int rows = 32, inputs = 128, outputs = 64;
  using op = dense<rows, inputs, outputs>;

  array<std::int8_t> x(rows, inputs / 16, 16), w(outputs / 16, inputs / 16, 16, 16);
  array<std::int32_t> b(outputs / 16, 16);
  for (int n = 0; n < rows * inputs; ++n) x.data()[n] = static_cast<std::int8_t>(n * 71 % 253 - 126);
  for (int n = 0; n < inputs * outputs; ++n) w.data()[n] = static_cast<std::int8_t>(n * 37 % 29 - 14);
  for (int n = 0; n < outputs; ++n) b.data()[n] = n * 40 - 1200;

  array<std::int8_t> on_cpu(rows, outputs / 16, 16), on_gpu(rows, outputs / 16, 16), on_vta(rows, outputs / 16, 16);
  cpu::kernel<op>{}(x, w, b, on_cpu);
  cuda::emulated<op>{1}(x, w, b, on_gpu);
  vta::simulated<op>{1}(x, w, b, on_vta);

  // What the operator means, element by element and without any schedule.
  ir::program const meant = stage(op{});
  ir::image data = ir::image_of(meant);
  auto const give = [&](std::size_t argument, auto const& from) {
    for (std::size_t n = 0; n < data.buffers[argument].values.size(); ++n) {
      data.buffers[argument].values[n].whole = from.data()[n];
      data.buffers[argument].written[n] = 1;
    }
  };
  give(1, x);
  give(2, w);
  give(3, b);
  data = ir::evaluate(meant, data);
  auto const wrong = [&](array<std::int8_t> const& y) {
    int count = 0;
    for (std::size_t n = 0; n < data.buffers[4].values.size(); ++n) count += y.data()[n] != data.buffers[4].values[n].whole;
    return count;
  };

  std::cout << "== CPU\n" << cpu::kernel<op>::loop_nest() << "\n" << cpu::kernel<op>::cost() << "\n";
  std::cout << "== CUDA\n" << cuda::loop_nest_of<op>() << "\n" << cuda::cost_table_of<op>() << "\n";
  std::cout << "== VTA\n" << vta::loop_nest_of<op>() << "\n" << vta::cost_table_of<op>() << "\n";

  // The stream was made and proved while this was compiled: two arrays of constants.
  using code = vta::kernel<op>;
  static_assert(code::words().instructions.size() == code::stream().instructions.size());
  std::cout << vta::disassembly(code::stream()) << "\n";

  std::cout << "wrong of " << rows * outputs << ": CPU " << wrong(on_cpu) << ", CUDA " << wrong(on_gpu) << ", VTA "
            << wrong(on_vta) << "\n";
}
