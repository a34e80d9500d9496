#include <tenon/target/cuda/emulator/thread.hpp>

#include <random>
#include <string>

#include <tenon/target/cuda/plan.hpp>

#include "support/both.hpp"
#include "support/cuda_operators.hpp"

namespace {

using namespace tenon;
using namespace cuda_operators;

TEST_CASE("thread: an index outside is named before anything is touched") {
  using k = cuda::plan<turned_around>;
  std::int64_t const sizes[3]{1, 1, 1};
  std::int64_t const at[3]{0, 0, 0};
  std::uint32_t time = 0;
  std::mt19937 chance(1);
  cuda::emulator::block threads(sizes, time, chance);
  cuda::emulator::launch<k> all{};
  std::vector<cuda::emulator::shadow> none(k::program.buffers.size());
  // The first access is that of x.
  constexpr auto x = static_cast<ir::access_id>(1);
  static_assert(k::program[k::program[x].of].name == label("x"));
  std::string const wrong = threads.run([&](std::int32_t me) {
    cuda::emulator::thread_view<k> view(all, threads, nullptr, none, at, 0, me);
    CHECK(view.thread(0) == 0);
    view.within<x, false>(0, 63, 64);
    view.within<x, false>(0, 64, 64);
  });
  CHECK(wrong.find("turned_around: block (0, 0, 0), thread (0, 0, 0) reads x at index 64 of dimension 0") !=
        std::string::npos);
}

}  // namespace
