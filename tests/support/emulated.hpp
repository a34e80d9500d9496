#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tenon/cuda_emulator.hpp>

#include "support/kernels.hpp"

/// Kernels for a GPU, emulated, held to what their programs mean.
namespace emulated {

using namespace tenon;

/// What kernel `K`, a plan of operator `Op` or one that was changed, makes of arguments drawn from the seed, compared with what
/// the operator means: empty if they agree; else what the emulator saw, or the first element that differs.
template <class Op, class K = cuda::plan<Op>>
std::string disagreement(unsigned seed = 1, double tolerance = 0) {
  ir::program const& p = staged<Op>;
  ir::image const before = programs::filled(p, {}, seed);
  ir::image const after = ir::evaluate(p, before);
  if (!after.fault.empty()) return "evaluate: " + std::string(std::string_view(after.fault));
  std::vector<kernels::memory> contents{};
  std::vector<argument> given{};
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    contents.push_back(kernels::memory_of(p.buffers[b], before.buffers[b]));
    argument made{.data = contents.back().data(), .type = p.buffers[b].type, .rank = p.buffers[b].rank};
    for (int d = 0; d < made.rank; ++d) made.extents[d] = before.buffers[b].extents[static_cast<std::size_t>(d)];
    made.make_dense();
    given.push_back(made);
  }
  try {
    cuda::emulated<Op>{seed}.template run<K>(given.data());
  } catch (cuda::emulator::finding const& seen) { return seen.what(); }
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    std::string wrong = kernels::difference(p.buffers[b], after.buffers[b], contents[b - 1], tolerance);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace emulated
