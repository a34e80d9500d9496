// label: slow
// Draws operators and schedules at random and holds every pass to what the plain program computes.
//   TENON_FUZZ_SEED   the first case; the default is fixed, so that a failure comes again
//   TENON_FUZZ_CASES  how many

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include <tenon/target/text/loop_nest.hpp>

#include "fuzz/draw_operator.hpp"
#include "fuzz/draw_step.hpp"
#include "fuzz/hold.hpp"

using namespace tenon;

namespace {

std::uint64_t number_or(char const* variable, std::uint64_t otherwise) {
  char const* const given = std::getenv(variable);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

// What to say if a pass stops the program.
char running_case[512]{};
extern "C" void say_case(int signal) {
  [[maybe_unused]] auto const written = write(2, running_case, std::strlen(running_case));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::string words_of(std::vector<step> const& steps) {
  std::string words{};
  for (step const& s : steps) {
    text line{};
    line << s;
    words.append(words.empty() ? "" : ", ").append(std::string_view(line));
  }
  return words;
}

/// Leaves out every step without which it still goes wrong.
std::vector<step> shortest(std::vector<step> steps, fuzz::drawn_operator const& from, ir::image const& expected) {
  for (std::size_t n = steps.size(); n-- > 0;) {
    std::vector<step> fewer = steps;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(n));
    if (!fuzz::wrong_after(fewer, from, expected, nullptr).empty()) steps = fewer;
  }
  return steps;
}

/// One operator and one schedule; what went wrong, with all that is needed to see why, or nothing.
std::string run_case(std::uint64_t seed, fuzz::tally& counts) {
  fuzz::dice d(seed);
  std::snprintf(running_case, sizeof running_case, "fuzz: stopped while drawing case %llu\n",
                static_cast<unsigned long long>(seed));
  fuzz::drawn_operator drawn = fuzz::operator_drawer(d).draw();
  ir::image expected = ir::evaluate(drawn.program, programs::filled(drawn.program, drawn.parameters));
  if (seed % 4 == 0 && !drawn.parameters.empty()) {
    // A call with nothing at all is legal, where the operator as written takes it.
    ir::image const none = ir::evaluate(drawn.program, programs::filled(drawn.program, {0}));
    if (none.fault.empty()) {
      drawn.parameters = {0};
      expected = none;
    }
  }
  std::string const nest = show::loop_nest(drawn.program);
  std::string wrong = fuzz::wrong_with(drawn.program, ir::level::staged, drawn, expected, nullptr);
  if (!wrong.empty()) return "the operator itself is wrong: " + wrong + "\n" + nest;
  std::vector<step> steps{};
  ir::program p = drawn.program;
  std::vector<step> placement{};
  if (d.chance(60)) placement = fuzz::step_drawer(d, p).draw_placement();
  int const placed_after = d.chance(60) ? 0 : d.from(1, 3);
  int const most = d.from(1, 12);
  for (int n = 0, placed = 0; n < most; ++n) {
    bool const places = n >= placed_after && placed < static_cast<int>(placement.size());
    steps.push_back(places ? placement[static_cast<std::size_t>(placed++)] : fuzz::step_drawer(d, p).draw());
    // A carried loop stores with its turns, and needs one.
    if (steps.back().what == action::carry && drawn.parameters == std::vector<std::int64_t>{0}) {
      steps.pop_back();
      continue;
    }
    std::snprintf(running_case, sizeof running_case, "fuzz: stopped in case %llu: %s\n",
                  static_cast<unsigned long long>(seed), words_of(steps).c_str());
    ir::program const next = lower::apply(p, steps.back());
    if (next.refused) continue;
    p = next;
    if (!ir::verify(p, ir::level::scheduled).empty()) break;
  }
  wrong = fuzz::wrong_after(steps, drawn, expected, &counts);
  if (wrong.empty()) return wrong;
  steps = shortest(steps, drawn, expected);
  wrong = fuzz::wrong_after(steps, drawn, expected, nullptr);
  std::string parameters{};
  for (std::int64_t v : drawn.parameters) parameters += "M = " + std::to_string(v) + "\n";
  std::string all = wrong + "\n  steps: " + words_of(steps) + "\n" + parameters + nest;
  ir::program made = drawn.program;
  for (step const& s : steps) {
    ir::program const next = lower::apply(made, s);
    if (!next.refused) made = next;
  }
  return all + "became\n" + show::loop_nest(made) + "and was finished as\n" + show::loop_nest(lower::finish(made));
}

}  // namespace

TEST_CASE("fuzz") {
  std::uint64_t const seed = number_or("TENON_FUZZ_SEED", 1);
  std::uint64_t const cases = number_or("TENON_FUZZ_CASES", 10000);
  for (int signal : {SIGILL, SIGTRAP, SIGSEGV, SIGFPE, SIGABRT}) std::signal(signal, say_case);
  fuzz::tally counts{};
  int failures = 0;
  for (std::uint64_t n = 0; n < cases && failures < 40; ++n) {
    std::string const wrong = run_case(seed + n, counts);
    if (wrong.empty()) continue;
    ++failures;
    MESSAGE("case " << seed + n << " (TENON_FUZZ_SEED=" << seed + n << " TENON_FUZZ_CASES=1): " << wrong);
  }
  std::printf("fuzz: seed %llu, %llu cases; %d programs proved in bounds, %d not; %d covered, %d not; %d free of "
              "races, %d not; %d with virtual threads interleaved, %d refused\n",
              static_cast<unsigned long long>(seed), static_cast<unsigned long long>(cases), counts.proved,
              counts.not_proved, counts.covered, counts.not_covered, counts.free, counts.raced, counts.interleaved,
              counts.not_interleaved);
  for (auto const& [name, count] : counts.steps)
    std::printf("  %-20s %6d done %6d refused\n", name.c_str(), count.first, count.second);
  CHECK(failures == 0);
}
