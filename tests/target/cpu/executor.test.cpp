// label: threads
#include <tenon/target/cpu/executor.hpp>

#include <thread>
#include <vector>

#include "support/both.hpp"

using namespace tenon;

namespace {

// As a user may write one.
class thread_for_each_task final : public cpu::executor {
 public:
  void run(std::int64_t tasks, cpu::task_ref body) override {
    std::vector<std::thread> threads;
    for (std::int64_t task = 0; task < tasks; ++task) threads.emplace_back([=] { body(task, static_cast<int>(task)); });
    for (std::thread& each : threads) each.join();
  }
  int concurrency() const override { return 4; }
};

}  // namespace

TEST_CASE("a sequential executor goes through the tasks in order") {
  std::vector<std::int64_t> order;
  cpu::executor& executor = cpu::sequential();
  executor.run(3, [&](std::int64_t task, int worker) {
    order.push_back(task);
    CHECK(worker == 0);
    executor.run(1, [&](std::int64_t, int) { order.push_back(10 + task); });
  });
  CHECK(order == std::vector<std::int64_t>{0, 10, 1, 11, 2, 12});
  CHECK(executor.concurrency() == 1);
  executor.run(0, [&](std::int64_t, int) { CHECK(false); });
}

TEST_CASE("an executor may be anybody's") {
  thread_for_each_task executor;
  std::vector<int> done(4);
  executor.run(4, [&](std::int64_t task, int worker) { done[static_cast<std::size_t>(task)] = worker + 1; });
  CHECK(done == std::vector<int>{1, 2, 3, 4});
}
