#pragma once

#include <cstdint>

#include <tenon/ir/program.hpp>

namespace tenon::cuda {

/// What a kernel gets: where its arguments are, and what is known of them only when it is called.
template <int Arguments, bool Strided, int Parameters>
struct launch_data {
  void* data[Arguments + 1];                                          // by buffer
  std::int64_t strides[Strided ? Arguments + 1 : 1][ir::max_rank];    // in elements
  std::int64_t parameters[Parameters + 1];                            // by parameter
};

/// Whether strides of an argument are told when the kernel is called; how many extents are.
constexpr bool any_strided(ir::program const& p) {
  bool any = false;
  for (std::size_t b = 1; b <= p.arguments; ++b) any |= p.buffers[b].strided;
  return any;
}
constexpr int parameters_of(ir::program const& p) {
  return p.parameters.empty() ? 0 : static_cast<int>(p.parameters.size()) - 1;
}

/// The same for a kernel `K`.
// Both are called by their bare names: a qualified one makes nvcc try the call before there is a `K`, with 128 MB for its program.
template <class K>
using launch_data_of =
    launch_data<static_cast<int>(K::program.arguments), any_strided(K::program), parameters_of(K::program)>;

}  // namespace tenon::cuda
