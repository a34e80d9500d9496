#include <tenon/target/accelerator/timing.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/toy_machine.hpp>

using namespace tenon;

namespace {

template <bool Threads>
using code = accelerator::stream<toys::matmul<4, 8, 8, Threads>, toys::machine>;

constexpr bool counts_what_instructions_say() {
  accelerator::timing const t = accelerator::timing_of<code<false>>();
  // Loads of 4 rows take 2 + 4 cycles, by what they say of their immediates.
  return t.busy[0] == 8 * 6 && t.busy[1] == 2 + 4 * 4 && t.busy[2] == 2 * 6 &&
         t.one_by_one == t.busy[0] + t.busy[1] + t.busy[2];
}

constexpr bool threads_hide_time() {
  accelerator::timing const plain = accelerator::timing_of<code<false>>();
  accelerator::timing const threaded = accelerator::timing_of<code<true>>();
  return threaded.one_by_one == plain.one_by_one && threaded.overlapped < plain.overlapped &&
         plain.overlapped <= plain.one_by_one && threaded.overlapped >= threaded.busy[0];
}

}  // namespace

TEST_CASE("timing") {
  CHECK_BOTH(counts_what_instructions_say());
  CHECK_BOTH(threads_hide_time());
}
