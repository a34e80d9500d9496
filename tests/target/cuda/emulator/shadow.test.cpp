#include <tenon/target/cuda/emulator/shadow.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::cuda::emulator;

constexpr moment at(int thread, unsigned time, int block = 0) {
  return {.thread = thread, .block = block, .time = time};
}

constexpr bool sees_a_read_of_what_is_being_written() {
  trace t{};
  note_write(t, at(1, 5));
  trace later = t;
  trace own = t;
  return note_read(t, at(2, 5)).found && !note_read(later, at(2, 6)).found && !note_read(own, at(1, 5)).found;
}
constexpr bool sees_a_write_to_what_is_being_read() {
  trace t{};
  note_read(t, at(1, 5));
  note_read(t, at(2, 5));
  trace later = t;
  conflict const now = note_write(t, at(2, 5));
  return now.found && now.was_read && !note_write(later, at(3, 6)).found;
}
constexpr bool sees_two_writes() {
  trace t{};
  note_write(t, at(1, 5));
  return note_write(t, at(2, 5)).found && !note_write(t, at(2, 5)).found;
}
constexpr bool sees_that_blocks_do_not_wait() {
  trace t{};
  note_write(t, at(1, 5, 0));
  conflict const c = note_read(t, at(1, 9, 1));
  return c.found && c.in_another_block;
}

TEST_CASE("shadow") {
  CHECK_BOTH(sees_a_read_of_what_is_being_written());
  CHECK_BOTH(sees_a_write_to_what_is_being_read());
  CHECK_BOTH(sees_two_writes());
  CHECK_BOTH(sees_that_blocks_do_not_wait());
}

}  // namespace
