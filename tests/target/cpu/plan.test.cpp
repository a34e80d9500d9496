#include <tenon/target/cpu/plan.hpp>

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon;

struct copies {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;
  constexpr auto define() const { return y(i) = x(i); }
  constexpr auto schedule(cpu_target t) const { return steps(split(i, t.lanes<float>()), vectorize(i.inner)); }
};
struct without_schedule {
  axis<"i", 64> i;
  tensor<"x", float, 64> x;
  tensor<"y", float, 64> y;
  constexpr auto define() const { return y(i) = x(i); }
};

constexpr bool asks_for_each_set() {
  return cpu::schedule_of<copies, cpu::isa::sse2>.steps[0].numbers[0] == 4 &&
         cpu::schedule_of<copies, cpu::isa::avx512>.steps[0].numbers[0] == 16;
}
constexpr bool takes_a_default() { return cpu::schedule_of<without_schedule, cpu::isa::avx512>.steps.size() > 0; }

// What is put where it is read needs no memory, so its length may be any; what is computed whole may not.
struct inlined {
  axis<"i", run_time<"N">> i;
  tensor<"x", float, run_time<"N">> x;
  temporary<"t", float, run_time<"N">> t;
  tensor<"y", float, run_time<"N">> y;
  constexpr auto define() const { return stages(t(i) = x(i) * x(i), y(i) = t(i) + 1); }
  constexpr auto schedule(cpu_target) const { return steps(compute_inline(t)); }
};
constexpr bool only_what_has_memory_needs_a_size() {
  return !cpu::lowered<inlined, cpu::isa::avx512>.refused && cpu::with_sizes(stage<inlined>()).refused;
}

TEST_CASE("plan") {
  CHECK_BOTH(asks_for_each_set());
  CHECK_BOTH(takes_a_default());
  CHECK_BOTH(only_what_has_memory_needs_a_size());
  CHECK(!cpu::lowered<copies, cpu::isa::avx512>.refused);
}

}  // namespace
