// label: threads
#include <tenon/target/cpu/thread_pool.hpp>

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>

#include "support/both.hpp"

using namespace tenon;

namespace {

// Plain memory on purpose: a task that runs twice, or unseen by the caller, is a race that a sanitizer finds.
bool each_task_runs_once(cpu::executor& pool, std::int64_t tasks) {
  std::vector<int> runs(static_cast<std::size_t>(tasks));
  pool.run(tasks, [&](std::int64_t task, int) { ++runs[static_cast<std::size_t>(task)]; });
  for (int each : runs) {
    if (each != 1) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("each task runs once") {
  for (int threads : {-1, 1, 2, 3, 8}) {
    cpu::thread_pool pool(threads);
    CHECK(pool.concurrency() == (threads < 1 ? 1 : threads));
    for (std::int64_t tasks : {0, 1, 2, 3, 7, 8, 9, 100, 1000}) CHECK(each_task_runs_once(pool, tasks));
  }
}

TEST_CASE("many short runs, some after a sleep") {
  cpu::thread_pool pool(3);
  for (int run = 0; run < 20000; ++run) REQUIRE(each_task_runs_once(pool, 5));
  for (int run = 0; run < 5; ++run) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(each_task_runs_once(pool, 5));
  }
}

TEST_CASE("calls with the same worker follow each other") {
  cpu::thread_pool pool(4);
  std::vector<std::int64_t> of_worker(4);  // plain: two at once would be a race
  pool.run(1000, [&](std::int64_t, int worker) { ++of_worker[static_cast<std::size_t>(worker)]; });
  CHECK(of_worker[0] + of_worker[1] + of_worker[2] + of_worker[3] == 1000);
}

TEST_CASE("tasks run in several threads") {
  cpu::thread_pool pool(2);
  // Each task waits for the other: one thread alone would never end.
  std::atomic<int> here{0};
  std::set<int> workers;
  int who[2]{};
  pool.run(2, [&](std::int64_t task, int worker) {
    who[task] = worker;
    ++here;
    while (here.load() < 2) std::this_thread::yield();
  });
  CHECK(who[0] != who[1]);
}

TEST_CASE("a worker that is late is helped") {
  cpu::thread_pool pool(2);
  std::atomic<std::int64_t> others{0};
  pool.run(64, [&](std::int64_t task, int) {
    if (task == 0) {
      // Nobody can end before all others have: the rest of this range has to be taken by the other thread.
      while (others.load() < 63) std::this_thread::yield();
    } else ++others;
  });
  CHECK(others.load() == 63);
}

TEST_CASE("an exception ends the run and reaches its caller") {
  cpu::thread_pool pool(3);
  for (int round = 0; round < 50; ++round) {
    std::string what;
    try {
      pool.run(100, [&](std::int64_t task, int) {
        if (task == 37) throw std::runtime_error("task 37");
      });
    } catch (std::runtime_error const& error) { what = error.what(); }
    CHECK(what == "task 37");
    CHECK(each_task_runs_once(pool, 100));
  }
  CHECK_THROWS_AS(pool.run(50, [](std::int64_t, int) { throw 5; }), int);
  CHECK_THROWS_AS(pool.run(1, [](std::int64_t, int) { throw 5; }), int);
  CHECK(each_task_runs_once(pool, 10));
}

TEST_CASE("a run inside a run is carried out by the thread that asks") {
  cpu::thread_pool pool(3);
  std::atomic<int> sum{0};
  pool.run(6, [&](std::int64_t, int outer) {
    auto const thread = std::this_thread::get_id();
    pool.run(4,
             [&](std::int64_t, int inner) { sum += inner == outer && std::this_thread::get_id() == thread ? 1 : 100; });
  });
  CHECK(sum.load() == 24);
  // In another pool it is a run like any other.
  cpu::thread_pool second(2);
  sum = 0;
  pool.run(6, [&](std::int64_t, int) { second.run(4, [&](std::int64_t, int) { ++sum; }); });
  CHECK(sum.load() == 24);
}

TEST_CASE("several threads may use one pool") {
  cpu::thread_pool pool(2);
  std::atomic<bool> all{true};
  std::vector<std::thread> users;
  for (int user = 0; user < 3; ++user) {
    users.emplace_back([&] {
      for (int run = 0; run < 500; ++run) {
        if (!each_task_runs_once(pool, 9)) all = false;
      }
    });
  }
  for (std::thread& each : users) each.join();
  CHECK(all.load());
}

TEST_CASE("pools come and go") {
  for (int round = 0; round < 100; ++round) {
    cpu::thread_pool pool(4);
    if (round % 2 == 0) CHECK(each_task_runs_once(pool, 4));
  }
}

TEST_CASE("the default executor is one") {
  CHECK(&cpu::default_executor() == &cpu::default_executor());
  CHECK(cpu::default_executor().concurrency() >= 1);
  CHECK(each_task_runs_once(cpu::default_executor(), 10));
}

#if defined(__SANITIZE_THREAD__)
constexpr bool may_fork = false;  // ThreadSanitizer does not follow
#elif defined(__has_feature)
constexpr bool may_fork = !__has_feature(thread_sanitizer);
#else
constexpr bool may_fork = true;
#endif

TEST_CASE("a copy of the process works without the threads") {
  if (!may_fork) return;
  pid_t const child = [] {
    cpu::thread_pool pool(3);
    each_task_runs_once(pool, 10);
    pid_t const made = fork();
    if (made == 0 && !each_task_runs_once(pool, 10)) _exit(2);
    return made;
  }();
  if (child == 0) _exit(0);
  int status = -1;
  waitpid(child, &status, 0);
  CHECK(status == 0);
}
