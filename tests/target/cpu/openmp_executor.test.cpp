// flags: -fopenmp
#include <tenon/target/cpu/openmp_executor.hpp>

#include <stdexcept>
#include <vector>

#include "support/both.hpp"

using namespace tenon;

TEST_CASE("openmp_executor") {
#if defined(_OPENMP)
  cpu::openmp_executor openmp(3);
  cpu::executor& executor = openmp;
  CHECK(executor.concurrency() == 3);
  for (std::int64_t tasks : {0, 1, 2, 50}) {
    std::vector<int> runs(static_cast<std::size_t>(tasks));
    executor.run(tasks,
                 [&](std::int64_t task, int worker) { runs[static_cast<std::size_t>(task)] += worker < 3 ? 1 : 100; });
    for (int each : runs) CHECK(each == 1);
  }
  // Inside a parallel region the thread that asks does all, as the worker it is.
  std::vector<int> nested(8);
  executor.run(8, [&](std::int64_t task, int outer) {
    executor.run(2,
                 [&](std::int64_t, int inner) { nested[static_cast<std::size_t>(task)] += inner == outer ? 1 : 100; });
  });
  for (int each : nested) CHECK(each == 2);
  CHECK_THROWS_AS(executor.run(20,
                               [](std::int64_t task, int) {
                                 if (task == 7) throw std::runtime_error("seven");
                               }),
                  std::runtime_error);
#endif
}
