#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <tenon/target/cuda/emulator/thread.hpp>
#include <tenon/target/cuda/execute.hpp>

namespace tenon::cuda::emulator {

namespace detail {

/// Shared memory of a block, of which nothing is written.
template <class K>
struct shared_memory {
  struct alignas(widest_access) unit {
    std::byte of[widest_access];
  };
  std::vector<unit> bytes = std::vector<unit>(static_cast<std::size_t>(K::where.shared_bytes / widest_access + 1));
  std::vector<shadow> traces = std::vector<shadow>(K::program.buffers.size());

  shared_memory() {
    for (unit& u : bytes) {
      for (std::byte& b : u.of) b = std::byte{0xff};  // not a number, where floats are read
    }
    for (std::size_t b = 1; b < traces.size(); ++b) {
      layout::place const& at = K::where.at[b];
      if (at.kind != storage::shared) continue;
      std::size_t const size = static_cast<std::size_t>(ir::bytes_of(K::program.buffers[b].type));
      traces[b].assign(static_cast<std::size_t>(K::where.shared_bytes - at.offset) / size, trace{});
    }
  }
  std::byte* data() { return bytes.data()->of; }
};

}  // namespace detail

/// Runs kernel `K` block by block and thread by thread, in an order drawn from `seed`. Empty, or the first mistake seen.
template <class K>
std::string emulate(launch<K>& all, unsigned seed) {
  std::mt19937 chance(seed);
  std::uint32_t time = 0;
  all.arguments.assign(K::program.arguments + 1u, {});
  for (std::size_t b = 1; b <= K::program.arguments; ++b) {
    all.arguments[b].assign(static_cast<std::size_t>(all.spans[b]), trace{});
  }
  constexpr grid g = K::where.threads;
  std::vector<std::int32_t> order(static_cast<std::size_t>(g.block_count()));
  for (std::size_t n = 0; n < order.size(); ++n) order[n] = static_cast<std::int32_t>(n);
  std::shuffle(order.begin(), order.end(), chance);
  for (std::int32_t const number : order) {
    std::int64_t const at[3]{number % g.blocks[0], number / g.blocks[0] % g.blocks[1],
                             number / (g.blocks[0] * g.blocks[1])};
    detail::shared_memory<K> memory{};
    block threads(g.threads, time, chance);
    std::string wrong = threads.run([&](std::int32_t me) {
      thread_view<K> view(all, threads, memory.data(), memory.traces, at, number, me);
      run_thread<K>(view);
    });
    if (wrong.empty()) continue;
    // What the threads of a block said of each other alone does not name them all.
    if (wrong.find("block (") == std::string::npos) {
      wrong = name_of_type<typename K::operation>() + ": block " + coordinates(at) + ", " + wrong;
    }
    return wrong;
  }
  return {};
}

}  // namespace tenon::cuda::emulator
