#pragma once

#include <concepts>
#include <cstdint>

namespace tenon::cpu {

/// A callable `body(task, worker)`, borrowed until the run that it is given to ends.
class task_ref {
 public:
  template <class Body>
    requires(!std::same_as<Body, task_ref> && std::invocable<Body const&, std::int64_t, int>)
  task_ref(Body const& body)
      : object_(&body), call_([](void const* object, std::int64_t task, int worker) {
          (*static_cast<Body const*>(object))(task, worker);
        }) {}

  void operator()(std::int64_t task, int worker) const { call_(object_, task, worker); }

 private:
  void const* object_;
  void (*call_)(void const*, std::int64_t, int);
};

/// What carries out the parallel loops of kernels. Derive from it to use threads of your own.
class executor {
 public:
  /// Calls `body(task, worker)` once for each task from 0 to `tasks` - 1, and returns when all calls have ended. Two calls of
  /// one run with the same worker are never under way at once. May be called from inside a body, and from several threads.
  virtual void run(std::int64_t tasks, task_ref body) = 0;
  /// How many workers there are, at least one; they are numbered from 0.
  virtual int concurrency() const = 0;

 protected:
  executor() = default;
  executor(executor const&) = default;
  executor& operator=(executor const&) = default;
  ~executor() = default;
};

/// Carries out all tasks in the calling thread, in order.
class sequential_executor final : public executor {
 public:
  void run(std::int64_t tasks, task_ref body) override {
    for (std::int64_t task = 0; task < tasks; ++task) body(task, 0);
  }
  int concurrency() const override { return 1; }
};

/// A sequential executor to refer to.
inline sequential_executor& sequential() {
  static sequential_executor one;
  return one;
}

}  // namespace tenon::cpu
