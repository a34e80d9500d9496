#include <tenon/target/cuda/emulator/fiber.hpp>

#include <vector>

#include "support/both.hpp"

namespace {

using tenon::cuda::emulator::fiber;

TEST_CASE("fiber: functions that stop in the middle and go on") {
  std::vector<int> seen{};
  fiber* self[2]{};
  auto const count = [&](int from) {
    for (int n = 0; n < 3; ++n) {
      seen.push_back(from + n);
      self[from / 10]->stop();
    }
  };
  fiber one([&] { count(0); });
  fiber other([&] { count(10); });
  self[0] = &one;
  self[1] = &other;
  while (!one.ended() || !other.ended()) {
    if (!one.ended()) one.resume();
    if (!other.ended()) other.resume();
  }
  CHECK(seen == std::vector<int>{0, 10, 1, 11, 2, 12});
}

}  // namespace
