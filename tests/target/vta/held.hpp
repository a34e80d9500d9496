#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/evaluate.hpp>
#include <tenon/target/vta/simulated.hpp>

#include "support/kernels.hpp"
#include "target/vta/dice.hpp"

namespace tenon::vta {

/// What the strict simulator makes of an operator's stream, compared with what the operator means: empty if they agree. Bytes
/// are drawn from all there are, or from -8 to 8 where a tensor is one of weights; the seed draws the order of the units too.
template <class Op, class Sizes = pynq>
std::string disagreement(std::uint64_t seed) {
  ir::program const& p = staged<Op>;
  dice d{.state = seed * 7919 + 1};
  ir::image data = ir::image_of(p);
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    if (p.buffers[b].use == ir::role::output) continue;
    std::int64_t const most = p.buffers[b].type == element::i32 ? 60 : p.buffers[b].rank < 5 && b == 1 ? 127 : 8;
    for (std::size_t n = 0; n < data.buffers[b].values.size(); ++n) {
      data.buffers[b].values[n].whole = d.below(2 * most + 1) - most;
      data.buffers[b].written[n] = 1;
    }
  }
  std::vector<kernels::memory> contents{};
  std::vector<argument> given{};
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    contents.push_back(kernels::memory_of(p.buffers[b], data.buffers[b]));
    argument made{.data = contents.back().data(), .type = p.buffers[b].type, .rank = p.buffers[b].rank};
    for (int n = 0; n < made.rank; ++n) made.extents[n] = data.buffers[b].extents[static_cast<std::size_t>(n)];
    made.make_dense();
    given.push_back(made);
  }
  data = ir::evaluate(p, data);
  if (!data.fault.empty()) return "evaluate: " + std::string(std::string_view(data.fault));
  try {
    simulated<Op, Sizes>{seed}.run(given.data());
  } catch (simulation_error const& seen) { return seen.what(); }
  std::size_t most_common = 0;
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    std::string wrong = kernels::difference(p.buffers[b], data.buffers[b], contents[b - 1], 0);
    if (!wrong.empty()) return wrong;
    if (p.buffers[b].use != ir::role::output) continue;
    // Results that are all clipped would hide mistakes.
    std::size_t clipped = 0;
    for (ir::scalar const& v : data.buffers[b].values) clipped += v.whole == 0 || v.whole == 127;
    if (4 * clipped > 3 * data.buffers[b].values.size()) ++most_common;
  }
  return most_common > 0 ? "nearly all is clipped" : "";
}

}  // namespace tenon::vta
