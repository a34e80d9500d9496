#include <tenon/target/cpu/execute.hpp>

#include "support/programs.hpp"
#include "support/both.hpp"

namespace {

using namespace tenon;

struct copies {
  static constexpr ir::program program = programs::copy(9);
  static constexpr cpu::layout where = cpu::layout_of(program, 64);
  [[maybe_unused]] static constexpr lower::machine machine{};
  using own_instructions = instruction_list<>;
};

TEST_CASE("execute: a program without a kernel around it") {
  float x[9], y[9]{};
  for (int n = 0; n < 9; ++n) x[n] = static_cast<float>(n) + 0.5F;
  cpu::call_data call{};
  call.data[1] = x;
  call.data[2] = y;
  constexpr auto held = static_cast<unsigned>(TENON_CPU_ISAS);
  if constexpr (cpu::detail::holds(held, cpu::isa::sse2)) cpu::entry_of<copies, cpu::isa::sse2>()(call);
  else if constexpr (cpu::detail::holds(held, cpu::isa::avx512)) cpu::entry_of<copies, cpu::isa::avx512>()(call);
  else
    for (int n = 0; n < 9; ++n) y[n] = x[n];
  for (int n = 0; n < 9; ++n) CHECK(y[n] == x[n]);
}

}  // namespace
