// Operators drawn at random, each with the schedule that it gets where it has none.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <tenon/lower/default_schedule.hpp>
#include <tenon/target/text/loop_nest.hpp>

#include "fuzz/draw_operator.hpp"
#include "fuzz/hold.hpp"

using namespace tenon;

TEST_CASE("fuzz: the default schedule is granted and keeps what is computed") {
  char const* const given = std::getenv("TENON_FUZZ_SEED");
  std::uint64_t const first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  for (std::uint64_t seed = first; seed < first + 2000; ++seed) {
    fuzz::dice d(seed);
    fuzz::drawn_operator const drawn = fuzz::operator_drawer(d).draw();
    ir::image const expected = ir::evaluate(drawn.program, programs::filled(drawn.program, drawn.parameters));
    cpu_target const target{.vector_bytes = 16 << d.from(0, 2), .vector_registers = d.chance(50) ? 16 : 32};
    schedule const made = lower::default_schedule(drawn.program, target);
    std::vector<step> const steps(made.steps.begin(), made.steps.end());
    std::string wrong = fuzz::wrong_after(steps, drawn, expected, nullptr);
    text line{};
    ir::program p = drawn.program;
    for (step const& s : steps) {
      p = lower::apply(p, s);
      line << s << ", ";
    }
    if (p.refused) wrong.append(" refused: ").append(std::string_view(p.refused.sentence));
    if (wrong.empty()) continue;
    FAIL_CHECK("case " << seed << ": " << wrong << "\n  steps: " << std::string(std::string_view(line)) << "\n"
                       << show::loop_nest(drawn.program));
  }
}
