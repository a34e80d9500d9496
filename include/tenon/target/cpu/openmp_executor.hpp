#pragma once

// Empty unless the compiler translates OpenMP (-fopenmp).
#if defined(_OPENMP)

#include <atomic>
#include <cstdint>
#include <exception>

#include <omp.h>

#include <tenon/target/cpu/executor.hpp>

namespace tenon::cpu {

/// Carries out tasks in the threads of OpenMP, for programs that use it anyway. Inside a parallel region of the user's it is
/// sequential.
class openmp_executor final : public executor {
 public:
  explicit openmp_executor(int threads = omp_get_max_threads()) : threads_(threads < 1 ? 1 : threads) {}

  int concurrency() const override { return threads_; }

  void run(std::int64_t tasks, task_ref body) override {
    if (omp_in_parallel() != 0 || threads_ == 1 || tasks <= 1) {
      int const here = omp_get_thread_num();
      for (std::int64_t task = 0; task < tasks; ++task) body(task, here < threads_ ? here : 0);
      return;
    }
    std::exception_ptr error{};
    std::atomic<bool> failed{false};
#pragma omp parallel for schedule(static) num_threads(threads_)
    for (std::int64_t task = 0; task < tasks; ++task) {
      if (failed.load(std::memory_order_relaxed)) continue;
#if defined(__cpp_exceptions)
      try {
        body(task, omp_get_thread_num());
      } catch (...) {
        if (!failed.exchange(true)) error = std::current_exception();
      }
#else
      body(task, omp_get_thread_num());
#endif
    }
#if defined(__cpp_exceptions)
    if (error) std::rethrow_exception(error);
#endif
  }

 private:
  int const threads_;
};

}  // namespace tenon::cpu

#endif
