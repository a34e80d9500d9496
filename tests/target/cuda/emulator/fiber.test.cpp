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

TEST_CASE("fiber: one that is left in the middle gives back what it holds") {
  int held = 0;
  struct keeper {
    int& count;
    explicit keeper(int& of) : count(of) { ++count; }
    ~keeper() { --count; }
  };
  fiber* self = nullptr;
  fiber left([&] {
    keeper const here(held);
    self->stop();
  });
  self = &left;
  left.resume();
  CHECK(held == 1);
  left.cancel();
  CHECK(held == 0);
  CHECK(left.ended());
  fiber never([&] { held = 7; });
  never.cancel();
  CHECK(held == 0);
}

}  // namespace
