#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tenon::cuda::emulator {

/// Who touched one element last, and when. Time is counted in barriers: what happens between two of them happens at once.
struct trace {
  std::int32_t writer = -1;
  std::int32_t reader = -1;
  std::int32_t write_block = -1;
  std::int32_t read_block = -1;
  std::uint32_t written_at = 0;
  std::uint32_t read_at = 0;
  bool under_way = false;  // a copy has begun, and its thread has not waited for it
  bool several_readers = false;  // threads of one block, since `read_at`

  constexpr bool is_written() const { return writer >= 0; }
};

/// Where a thread stands: which one it is, in which block, how many barriers have passed.
struct moment {
  std::int32_t thread = 0;
  std::int32_t block = 0;
  std::uint32_t time = 0;
};

/// Who else touched an element without a barrier between, so that the order is not known.
struct conflict {
  bool found = false;
  bool in_another_block = false;
  bool was_read = false;
  std::int32_t thread = 0;
  std::int32_t block = 0;
};

/// Notes a read; says whether another thread may be writing.
constexpr conflict note_read(trace& t, moment const& now) {
  conflict made{};
  if (t.writer >= 0) {
    made.in_another_block = t.write_block != now.block;
    bool const at_once = t.writer != now.thread && t.written_at == now.time;
    made.found = made.in_another_block || at_once;
    made.thread = t.writer;
    made.block = t.write_block;
  }
  bool const again = t.reader >= 0 && t.read_block == now.block && t.read_at == now.time;
  t.several_readers = again && (t.several_readers || t.reader != now.thread);
  t.reader = now.thread;
  t.read_block = now.block;
  t.read_at = now.time;
  return made;
}

/// Notes a write; says whether another thread may be reading or writing.
constexpr conflict note_write(trace& t, moment const& now) {
  conflict made{};
  if (t.writer >= 0) {
    made.in_another_block = t.write_block != now.block;
    made.found = made.in_another_block || (t.writer != now.thread && t.written_at == now.time);
    made.thread = t.writer;
    made.block = t.write_block;
  }
  if (!made.found && t.reader >= 0) {
    bool const other_block = t.read_block != now.block;
    bool const at_once = t.read_at == now.time && (t.several_readers || t.reader != now.thread);
    if (other_block || at_once) {
      made = {
          .found = true, .in_another_block = other_block, .was_read = true, .thread = t.reader, .block = t.read_block};
    }
  }
  t.writer = now.thread;
  t.write_block = now.block;
  t.written_at = now.time;
  return made;
}

/// The traces of the elements of one buffer.
using shadow = std::vector<trace>;

}  // namespace tenon::cuda::emulator
