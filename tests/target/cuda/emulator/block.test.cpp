#include <tenon/target/cuda/emulator/block.hpp>

#include <random>
#include <string>
#include <vector>

#include "support/both.hpp"

namespace {

using tenon::cuda::emulator::block;

struct launched {
  std::int64_t sizes[3];
  std::uint32_t time = 0;
  std::mt19937 chance{3};
  block threads;
  explicit launched(std::int64_t x) : sizes{x, 1, 1}, threads(sizes, time, chance) {}
};

TEST_CASE("block: all threads meet before one goes on") {
  launched l(40);
  std::vector<int> before(40);
  bool all = true;
  CHECK(l.threads.run([&](std::int32_t t) {
    before[static_cast<std::size_t>(t)] = 1;
    l.threads.meet(1);
    for (int each : before) all = all && each == 1;
  }) == "");
  CHECK(all);
}

TEST_CASE("block: lanes exchange what they hold") {
  launched l(16);
  std::vector<std::uint64_t> got(16);
  CHECK(l.threads.run([&](std::int32_t t) {
    auto const mine = static_cast<std::uint64_t>(t);
    got[mine] = l.threads.exchange(1, 8, 4, mine) * 100 + l.threads.exchange(1, 8, 1, mine);
  }) == "");
  for (std::uint64_t t = 0; t < 16; ++t) CHECK(got[t] == (t ^ 4U) * 100 + (t ^ 1U));
}

TEST_CASE("block: lanes that meet see what all of them brought") {
  launched l(64);
  bool all = true;
  CHECK(l.threads.run([&](std::int32_t t) {
    for (unsigned char round = 1; round < 4; ++round) {
      tenon::cuda::emulator::lane_registers mine{};
      mine.bytes[31] = static_cast<unsigned char>(t + round);
      auto const* const brought = l.threads.meet_lanes(round, 32, mine);
      for (int lane = 0; lane < 32; ++lane) all = all && brought[lane].bytes[31] == t / 32 * 32 + lane + round;
      all = all && l.threads.lane() == t % 32;
    }
  }) == "");
  CHECK(all);
}

TEST_CASE("block: lanes of one warp at different places") {
  launched l(32);
  std::string const wrong = l.threads.run([&](std::int32_t t) { l.threads.meet_lanes(t == 5 ? 1 : 2, 32, {}); });
  CHECK(wrong == "lanes of one warp meet at different places");
}

TEST_CASE("block: a barrier to which one thread does not come") {
  launched l(4);
  std::string const wrong = l.threads.run([&](std::int32_t t) {
    if (t != 2) l.threads.meet(1);
  });
  CHECK(wrong.find("thread (2, 0, 0) has ended without it: the barrier is divergent") != std::string::npos);
}

}  // namespace
