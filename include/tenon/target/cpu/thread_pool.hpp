#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <utility>

#include <pthread.h>
#include <unistd.h>

#include <tenon/target/cpu/executor.hpp>
#include <tenon/target/cpu/threads.hpp>

namespace tenon::cpu {

namespace detail {

inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

/// The tasks that one worker begins with: from `next` to `end`. Whoever has finished its own takes from the others.
struct alignas(64) task_range {
  std::atomic<std::int64_t> next{0};
  std::int64_t end = 0;
};

/// As which worker of which pool a thread is at work.
struct place_of_work {
  void const* pool = nullptr;
  int worker = 0;
};
inline thread_local constinit place_of_work here{};

}  // namespace detail

/// Threads that wait for parallel loops. The caller of `run` is worker 0 and takes part; each worker begins with a range of
/// tasks of its own, the same one in each run of as many tasks, and helps the others when it is done. A run allocates nothing
/// and never waits for a thread that has not come yet. An exception thrown by a body ends the run and is thrown to its caller.
/// While the pool is busy, further runs, nested ones among them, are carried out by the threads that ask for them.
class thread_pool final : public executor {
 public:
  explicit thread_pool(int threads = default_threads())
      : workers_(threads < 1             ? 1
                 : threads < max_threads ? threads
                                         : max_threads),
        spins_(workers_ <= available_processors() ? 2000 : 0),
        ranges_(new detail::task_range[static_cast<std::size_t>(workers_)]),
        members_(new member[static_cast<std::size_t>(workers_)]) {
    for (int worker = 1; worker < workers_; ++worker) {
      members_[worker] = {.pool = this, .worker = worker};
      // Where the system gives no more threads, those there are do all the work.
      members_[worker].runs = pthread_create(&members_[worker].thread, nullptr, &live, &members_[worker]) == 0;
    }
  }
  thread_pool(thread_pool const&) = delete;
  thread_pool& operator=(thread_pool const&) = delete;
  /// No run may be going on.
  ~thread_pool() {
    gate_.fetch_or(stopped);
    gate_.notify_all();
    for (int worker = 1; worker < workers_; ++worker) {
      // In a copy of the process that fork() made, the threads are not there.
      if (members_[worker].runs && process_ == getpid()) pthread_join(members_[worker].thread, nullptr);
    }
    delete[] members_;
    delete[] ranges_;
  }

  int concurrency() const override { return workers_; }

  void run(std::int64_t tasks, task_ref body) override {
    if (tasks <= 0) return;
    if (tasks == 1 || workers_ == 1 || busy_.exchange(true, std::memory_order_acquire)) {
      int const worker = detail::here.pool == this ? detail::here.worker : 0;
      for (std::int64_t task = 0; task < tasks; ++task) body(task, worker);
      return;
    }
    deal(tasks);
    body_ = &body;
    detail::place_of_work const before = std::exchange(detail::here, {.pool = this, .worker = 0});
    open(tasks);
    work(0);
    close();
    detail::here = before;
    finish();
  }

 private:
  struct member {
    thread_pool* pool = nullptr;
    int worker = 0;
    bool runs = false;
    pthread_t thread{};
  };

  // The gate, one word: how many threads are inside, which run it is, and whether one may come in.
  static constexpr std::uint32_t inside = 0xffff;
  static constexpr std::uint32_t one_run = inside + 1;
  static constexpr std::uint32_t which_run = 0x3fff0000;
  static constexpr std::uint32_t stopped = 0x40000000;
  static constexpr std::uint32_t opened = 0x80000000;

  int const workers_;
  int const spins_;  // how often a thread looks before it sleeps
  pid_t const process_ = getpid();
  detail::task_range* const ranges_;
  member* const members_;
  task_ref const* body_ = nullptr;
  std::exception_ptr error_{};
  std::atomic<bool> failed_{false};
  std::atomic<bool> busy_{false};
  alignas(64) std::atomic<std::uint32_t> gate_{0};
  alignas(64) std::atomic<std::uint32_t> left_{0};  // counts how often the last one went out of a closed gate

  void deal(std::int64_t tasks) {
    std::int64_t const each = tasks / workers_;
    std::int64_t const more = tasks % workers_;
    std::int64_t next = 0;
    for (int worker = 0; worker < workers_; ++worker) {
      ranges_[worker].next.store(next, std::memory_order_relaxed);
      next += each + (worker < more ? 1 : 0);
      ranges_[worker].end = next;
    }
  }

  // Nobody is inside: what was written before is seen by whoever comes in.
  void open(std::int64_t tasks) {
    std::uint32_t const last = gate_.load(std::memory_order_relaxed);
    gate_.store(((last + one_run) & which_run) | opened);
    if (tasks >= workers_) gate_.notify_all();
    else {
      for (std::int64_t helper = 1; helper < tasks; ++helper) gate_.notify_one();
    }
  }

  void close() {
    gate_.fetch_and(~opened);
    for (int spin = 0; (gate_.load(std::memory_order_acquire) & inside) != 0;) {
      if (spin < spins_) {
        ++spin;
        detail::pause();
        continue;
      }
      std::uint32_t const seen = left_.load();
      if ((gate_.load(std::memory_order_acquire) & inside) == 0) break;
      left_.wait(seen);
    }
  }

  void finish() {
    std::exception_ptr error = std::exchange(error_, nullptr);
    failed_.store(false, std::memory_order_relaxed);
    busy_.store(false, std::memory_order_release);
#if defined(__cpp_exceptions)
    if (error) std::rethrow_exception(std::move(error));
#endif
  }

  void work(int self) {
#if defined(__cpp_exceptions)
    try {
      take_tasks(self);
    } catch (...) {
      if (!failed_.exchange(true)) error_ = std::current_exception();
    }
#else
    take_tasks(self);
#endif
  }

  void take_tasks(int self) {
    task_ref const body = *body_;
    for (int turn = 0; turn < workers_; ++turn) {
      int const whose = self + turn < workers_ ? self + turn : self + turn - workers_;
      detail::task_range& range = ranges_[whose];
      while (range.next.load(std::memory_order_relaxed) < range.end) {
        std::int64_t const task = range.next.fetch_add(1, std::memory_order_relaxed);
        if (task >= range.end || failed_.load(std::memory_order_relaxed)) break;
        body(task, self);
      }
    }
  }

  // Comes in if the gate is open for another run than the last one.
  bool enter(std::uint32_t& last) {
    std::uint32_t now = gate_.load(std::memory_order_relaxed);
    do {
      if ((now & opened) == 0 || (now & which_run) == last) return false;
    } while (!gate_.compare_exchange_weak(now, now + 1, std::memory_order_acquire, std::memory_order_relaxed));
    last = now & which_run;
    return true;
  }

  void leave() {
    std::uint32_t const before = gate_.fetch_sub(1);
    if ((before & opened) != 0 || (before & inside) != 1) return;
    left_.fetch_add(1);
    left_.notify_one();
  }

  static void* live(void* self) {
    member const& m = *static_cast<member const*>(self);
    thread_pool& pool = *m.pool;
    detail::here = {.pool = &pool, .worker = m.worker};
    std::uint32_t last = 0;
    for (int spin = 0;;) {
      std::uint32_t const now = pool.gate_.load(std::memory_order_relaxed);
      if ((now & stopped) != 0) return nullptr;
      if (pool.enter(last)) {
        pool.work(m.worker);
        pool.leave();
        spin = 0;
      } else if (spin < pool.spins_) {
        ++spin;
        detail::pause();
      } else if ((now & opened) == 0 || (now & which_run) == last) pool.gate_.wait(now);
    }
  }
};

/// The executor of kernels that are given none: a pool of `default_threads()`, made when it is first asked for.
inline executor& default_executor() {
  static thread_pool pool;
  return pool;
}

}  // namespace tenon::cpu
