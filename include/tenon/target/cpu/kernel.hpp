#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <tenon/analysis/cost.hpp>
#include <tenon/language/argument_error.hpp>
#include <tenon/language/check_arguments.hpp>
#include <tenon/language/gather_arguments.hpp>
#include <tenon/language/stage.hpp>
#include <tenon/support/granted.hpp>
#include <tenon/target/cpu/execute.hpp>
#include <tenon/target/cpu/executor.hpp>
#include <tenon/target/cpu/plan.hpp>
#include <tenon/target/cpu/thread_pool.hpp>
#include <tenon/target/cpu/why_refused.hpp>
#include <tenon/target/cpu/workspace.hpp>
#include <tenon/target/text/cost_table.hpp>
#include <tenon/target/text/loop_nest.hpp>

namespace tenon::cpu {

namespace detail {

using entry_function = void (*)(call_data const&);

/// The code for each set of instructions compiled in, and what it needs.
struct entry {
  entry_function run = nullptr;
  workspace_size memory{};
  bool is_parallel = false;
};

template <class Op, isa Set>
constexpr entry entry_for() {
  if constexpr (refused<Op>.empty()) {
    using k = plan<Op, Set>;
    return {.run = entry_of<k, Set>(),
            .memory = {.shared = static_cast<std::size_t>(k::where.shared_bytes),
                       .per_worker = static_cast<std::size_t>(k::where.worker_bytes)},
            .is_parallel = k::where.is_parallel};
  } else {
    return {};
  }
}

/// The set whose code runs where `Set` is there: a kernel without dot products needs no code of its own for them.
template <class Op, isa Set>
constexpr isa code_for() {
  if constexpr (Set == isa::avx512_dot && holds(static_cast<unsigned>(TENON_CPU_ISAS), isa::avx512)) {
    return plan<Op, Set>::program.instructions.size() > 1 ? Set : isa::avx512;
  } else {
    return Set;
  }
}

template <class Op>
entry find_entry(isa set) {
  constexpr auto held = static_cast<unsigned>(TENON_CPU_ISAS);
  entry found{};
  auto const look = [&]<isa Set>() {
    if constexpr (holds(held, Set)) {
      if (set == Set) found = entry_for<Op, code_for<Op, Set>()>();
    }
  };
  look.template operator()<isa::scalar>();
  look.template operator()<isa::sse2>();
  look.template operator()<isa::avx2>();
  look.template operator()<isa::avx512>();
  look.template operator()<isa::avx512_dot>();
  look.template operator()<isa::xsimd_native>();
  return found;
}

/// The largest set compiled in: what a kernel says of itself is said of this one.
constexpr isa largest_isa() {
  constexpr auto held = static_cast<unsigned>(TENON_CPU_ISAS);
  isa largest = isa::scalar;
  for (isa const set : {isa::sse2, isa::avx2, isa::avx512, isa::avx512_dot, isa::xsimd_native}) {
    if (holds(held, set)) largest = set;
  }
  return largest;
}

}  // namespace detail

/// An operator made ready for the CPU. The code is in the program already, for each set of instructions in TENON_CPU_ISAS; which
/// of them runs is decided at the first call. A kernel holds no data and may be called from several threads at once.
template <class Op>
class kernel {
  static constexpr int count = argument_count<Op>;
  static_assert(count <= static_cast<int>(call_data::most_arguments), "tenon: an operator has at most 24 arguments");
  TENON_GRANT(refused<Op>, Op);

 public:
  /// Parallel loops run on `default_executor()`, in memory that the calling thread keeps.
  kernel() = default;
  /// Parallel loops run on `threads`.
  explicit kernel(executor& threads) : threads_(&threads) {}
  /// Works in memory of the caller's, of at least `workspace_bytes(workers)`.
  explicit kernel(workspace const& memory) : memory_(memory) {}
  kernel(executor& threads, workspace const& memory) : threads_(&threads), memory_(memory) {}

  /// Runs on these arguments: by name, `op.x = data`, in any order, or by position, in the order of the struct. Throws
  /// `argument_error`, which names the argument, what was given, and what was expected.
  template <class... Arguments>
  void operator()(Arguments&&... given) const {
    if (fault const found = try_call(std::forward<Arguments>(given)...)) raise(found);
  }

  /// The same, but returns what is wrong instead of throwing it.
  template <class... Arguments>
  [[nodiscard]] fault try_call(Arguments&&... given) const {
    argument all[count + 1];
    gather_arguments<Op>(all, std::forward<Arguments>(given)...);
    if constexpr (sizeof...(Arguments) == count) return call(all);
    else return {};
  }

  /// Bytes that a call works in, with so many workers.
  static std::size_t workspace_bytes(int workers = 1) { return chosen().memory.bytes(workers); }

  /// The program that became code, for the largest set of instructions compiled in.
  static constexpr ir::program const& program() { return plan<Op, detail::largest_isa()>::program; }
  /// Its loops, as text.
  static std::string loop_nest() { return show::loop_nest(program()); }
  /// What it does and needs, as constants: `static_assert(kernel<op>::figures().flops == ...)`.
  static constexpr analysis::cost figures() { return analysis::cost_of(program()); }
  /// The same as a table.
  static std::string cost() { return show::cost_table(program(), figures()); }

 private:
  executor* threads_ = nullptr;
  workspace memory_{};

  static detail::entry const& chosen() {
    static detail::entry const found = detail::find_entry<Op>(best_isa());
    return found;
  }

  fault call(argument* all) const {
    static constexpr signature wanted = signature_of(staged<Op>);
    call_data data{};
    if (fault const found = check_arguments(wanted, all, count, data.parameters)) return found;
    for (int at = 0; at < count; ++at) {
      data.data[at + 1] = const_cast<void*>(all[at].address());
      for (int d = 0; d < all[at].rank; ++d) data.strides[at + 1][d] = all[at].strides[d];
    }
    detail::entry const& code = chosen();
    executor* const threads = !code.is_parallel ? nullptr : threads_ != nullptr ? threads_ : &default_executor();
    int const told = threads == nullptr ? 1 : threads->concurrency();
    int const workers = told < 1 ? 1 : told;
    workspace_lease const memory(code.memory, workers, memory_);
    if (memory.fault()) return memory.fault();
    data.shared = memory.shared();
    data.workers = memory.shared() == nullptr ? nullptr : memory.of_worker(0);
    // One worker of ours is no other than the caller; an executor of the user's may mean more than that.
    bool const of_the_user = threads_ != nullptr && threads_ != &sequential();
    data.runner = workers > 1 || of_the_user ? threads : nullptr;
    code.run(data);
    return {};
  }
};

}  // namespace tenon::cpu
