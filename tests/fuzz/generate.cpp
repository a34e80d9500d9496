// Writes operators with schedules, drawn at random, as a test of their CPU kernels.
//   generate SEED COUNT    to the standard output

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/verify.hpp>
#include <tenon/lower/interleave_threads.hpp>
#include <tenon/lower/pipeline.hpp>

#include "fuzz/draw_operator.hpp"
#include "fuzz/draw_step.hpp"
#include "fuzz/write_operator.hpp"

using namespace tenon;

namespace {

/// Whether a kernel's schedule may say it, and by names that do not depend on how reductions are staged.
bool is_for_kernels(step const& s) {
  std::string const tensor(std::string_view(s.tensor.name));
  std::size_t const dot = tensor.find('.');
  bool const named = dot == std::string::npos || tensor.substr(dot) == ".cache";
  return named && s.what != action::bind && (s.what != action::reorder || s.loops.size() > 1);
}

/// Steps that are granted, the last of them marks of loops.
std::vector<step> granted_steps(fuzz::dice& d, ir::program p) {
  std::vector<step> steps{};
  auto const attempt = [&](step const& s) {
    if (!is_for_kernels(s) || steps.size() > 10) return;
    ir::program const next = lower::apply(p, s);
    if (next.refused || lower::finish(lower::interleave_threads(next)).refused) return;
    p = next;
    steps.push_back(s);
  };
  if (d.chance(50)) {
    for (step const& s : fuzz::step_drawer(d, p).draw_placement()) attempt(s);
  }
  for (int n = d.from(2, 12); n > 0; --n) attempt(fuzz::step_drawer(d, p).draw());
  for (action what : {action::vectorize, action::unroll, action::parallel}) {
    if (d.chance(70)) attempt(fuzz::step_drawer(d, p).draw_mark(what));
  }
  return steps;
}

/// A tensor between stages needs room of a known size.
bool has_unbounded_temporary(ir::program const& p) {
  bool found = false;
  for (ir::buffer const& b : p.buffers) {
    for (int d = 0; d < b.rank && b.use == ir::role::temporary; ++d) {
      found |= p[b.extents[d]].what == ir::op::parameter && p[p[b.extents[d]].parameter()].bound == 0;
    }
  }
  return found;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t const seed = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
  std::uint64_t const wanted = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 10;
  std::printf("// seed %llu\n#include \"fuzz/compiled.hpp\"\n\nnamespace {\n\nusing namespace tenon;\n",
              static_cast<unsigned long long>(seed));
  std::uint64_t made = 0;
  for (std::uint64_t n = 0; made < wanted; ++n) {
    fuzz::dice d(seed * 1000003 + n);
    fuzz::drawn_operator drawn = fuzz::operator_drawer(d).draw();
    fuzz::name_apart(drawn.program);
    if (has_unbounded_temporary(drawn.program)) continue;
    std::vector<step> const steps = granted_steps(d, drawn.program);
    if (steps.empty()) continue;
    fuzz::operator_writer writer(drawn);
    std::string const name = "operator_" + std::to_string(n);
    std::string const source = writer.write(name, steps);
    if (!writer.has_words()) continue;
    std::string parameters{};
    for (std::int64_t v : drawn.parameters) parameters += std::to_string(v);
    std::printf("\n%s\nTEST_CASE(\"%s of seed %llu\") { HOLD_KERNEL(%s, {%s}); }\n", source.c_str(), name.c_str(),
                static_cast<unsigned long long>(seed), name.c_str(), parameters.c_str());
    ++made;
  }
  std::printf("\n}  // namespace\n");
}
