#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/target/cuda/emulator/block.hpp>
#include <tenon/target/cuda/emulator/shadow.hpp>
#include <tenon/target/cuda/emulator/tensor_core.hpp>
#include <tenon/target/cuda/execute/facts.hpp>
#include <tenon/target/cuda/launch_data.hpp>

namespace tenon::cuda::emulator {

/// What all threads of a launch have in common.
template <class K>
struct launch {
  launch_data_of<K> given{};
  std::int64_t spans[K::program.arguments + 1]{};  // elements of each argument, from the first to the last
  std::vector<shadow> arguments{};                  // by buffer
};

/// The GPU as one emulated thread sees it. What it reads and writes is looked at, element by element.
template <class K>
class thread_view {
 public:
  static constexpr bool checks = true;

  thread_view(launch<K>& all, block& threads, std::byte* memory, std::vector<shadow>& of_shared,
              std::int64_t const (&at)[3], std::int32_t block_number, std::int32_t me)
      : all_(all), block_(threads), memory_(memory), shared_(of_shared), at_(at), block_number_(block_number), me_(me) {
  }

  std::int32_t thread(int k) const { return static_cast<std::int32_t>(block_.coordinate(me_, k)); }
  std::int32_t block(int k) const { return static_cast<std::int32_t>(at_[k]); }
  std::byte* shared() const { return memory_; }
  template <ir::buffer_id Of>
  void* argument() const {
    return all_.given.data[static_cast<std::size_t>(Of)];
  }
  template <ir::buffer_id Of, int Dimension>
  index_of<K> stride() const {
    return static_cast<index_of<K>>(all_.given.strides[static_cast<std::size_t>(Of)][Dimension]);
  }
  template <int Number>
  std::int64_t parameter() const {
    return all_.given.parameters[Number];
  }

  template <ir::node_id N>
  void barrier() {
    block_.meet(static_cast<int>(N));
  }
  template <ir::node_id N, int Lanes, class T>
  T from_lane(T mine, int apart) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &mine, sizeof(T));
    bits = block_.exchange(static_cast<int>(N), Lanes, apart, bits);
    T theirs;
    std::memcpy(&theirs, &bits, sizeof(T));
    return theirs;
  }

  /// What ldmatrix gives this lane: of register q the elements 2 * c and 2 * c + 1, or as many as fit, of the row that lane
  /// 8 * q + g names, where it is lane 4 * g + c; with `Columns` element g of the rows that lanes 8 * q + 2 * c and the next name.
  template <ir::node_id N, ir::access_id A, int Operand, bool Columns, class All, class T>
  void rows_of_lanes(All& all, T const* base, index_of<K> at) {
    constexpr int packed = static_cast<int>(4 / sizeof(T));
    constexpr int registers = static_cast<int>(sizeof(All) / 4);
    lane_registers mine{};
    auto const row = static_cast<std::int64_t>(at);
    std::memcpy(&mine, &row, sizeof row);
    traces<A, 16 / static_cast<int>(sizeof(T))>(base, at, false);  // whole rows, at multiples of their size
    lane_registers const* const given = block_.meet_lanes(static_cast<int>(N) + (Operand << 16), 32, mine);
    if (given == nullptr) return;
    std::int64_t rows[32]{};
    for (int lane = 0; lane < 32; ++lane) std::memcpy(&rows[lane], &given[lane], sizeof row);
    int const group = block_.lane() / 4;
    int const in_group = block_.lane() % 4;
    for (int q = 0; q < registers; ++q) {
      for (int e = 0; e < packed; ++e) {
        std::int64_t const from =
            Columns ? rows[8 * q + packed * in_group + e] + group : rows[8 * q + group] + packed * in_group + e;
        all.at[packed * q + e] = load<A, 1>(base, static_cast<index_of<K>>(from)).at[0];
      }
    }
  }
  /// d += a * b, by all lanes of the warp: each brings what it holds of both, and sums for itself.
  template <ir::node_id N, class I, class D, class A, class B>
  void multiply(D& d, A const& a, B const& b) {
    lane_registers mine{};
    static_assert(sizeof a + sizeof b <= sizeof mine);
    std::memcpy(&mine, &a, sizeof a);
    std::memcpy(mine.bytes + sizeof a, &b, sizeof b);
    lane_registers const* const all = block_.meet_lanes(static_cast<int>(N), 32, mine);
    if (all != nullptr) multiply_m16n8<A, B>(d, all, block_.lane());
  }

  /// An index, before it is used.
  template <ir::access_id A, bool Writes>
  void within(int dimension, std::int64_t index, std::int64_t extent) {
    if (index >= 0 && index < extent) return;
    fail(std::string(Writes ? "writes " : "reads ") + name<A>() + " at index " + std::to_string(index) +
         " of dimension " + std::to_string(dimension) + ", which has " + std::to_string(extent) + " elements");
  }

  /// An element of the thread's own part of a buffer.
  template <ir::access_id A, bool Writes>
  void within_own(std::int64_t at) {
    constexpr std::int64_t count = place_at<K, of<A>>.count;
    if (at >= 0 && at < count) return;
    fail(std::string(Writes ? "writes " : "reads ") + name<A>() + ", of which it has " + std::to_string(count) +
         " elements, at element " + std::to_string(at) + " of its own");
  }

  template <ir::access_id A, int N, class T>
  pack<T, N> load(T const* from, index_of<K> at) {
    block_.pass();
    trace* const first = traces<A, N>(from, at, false);
    for (int n = 0; n < N; ++n) {
      trace& t = first[n];
      if (t.under_way)
        fail("reads element " + std::to_string(at + n) + " of " + name<A>() + ", to which a copy is under way");
      if (is_shared<A>() && !t.is_written()) {
        fail("reads element " + std::to_string(at + n) + " of " + name<A>() + ", which nothing has written");
      }
      report<A>(note_read(t, now()), false, at + n);
    }
    pack<T, N> made;
    std::memcpy(made.at, from + at, sizeof made);
    return made;
  }
  template <ir::access_id A, int N, class T>
  void store(T* to, index_of<K> at, pack<T, N> const& v) {
    block_.pass();
    trace* const first = traces<A, N>(to, at, true);
    for (int n = 0; n < N; ++n) {
      if (first[n].under_way) {
        fail("writes element " + std::to_string(at + n) + " of " + name<A>() + ", to which a copy is under way");
      }
      report<A>(note_write(first[n], now()), true, at + n);
    }
    std::memcpy(to + at, v.at, sizeof v);
  }

  /// Begins a copy. It is carried out as late as may be: when the thread waits for it.
  template <ir::access_id To, ir::access_id From, int N, class T>
  void copy(T* to, index_of<K> at, T const* from, index_of<K> from_at) {
    block_.pass();
    trace* const source = traces<From, N>(from, from_at, false);
    trace* const target = traces<To, N>(to, at, true);
    for (int n = 0; n < N; ++n) {
      report<From>(note_read(source[n], now()), false, from_at + n);
      if (target[n].under_way) {
        fail("copies to element " + std::to_string(at + n) + " of " + name<To>() + ", to which a copy is under way");
      }
      report<To>(note_write(target[n], now()), true, at + n);
      target[n].under_way = true;
    }
    std::memset(static_cast<void*>(to + at), 0xff, N * sizeof(T));
    open_.push_back({to + at, from + from_at, N * sizeof(T), target, N, at, &thread_view::template landed<To>});
  }
  void end_group() {
    groups_.push_back(std::move(open_));
    open_.clear();
  }
  template <int Left>
  void wait() {
    while (groups_.size() > static_cast<std::size_t>(Left)) {
      for (begun const& each : groups_.front()) (this->*each.land)(each);
      groups_.pop_front();
    }
  }

 private:
  struct begun {
    void* to;
    void const* from;
    std::size_t bytes;
    trace* traces;
    int count;
    std::int64_t at;
    void (thread_view::*land)(begun const&);
  };
  template <ir::access_id A>
  void landed(begun const& copy) {
    for (int n = 0; n < copy.count; ++n) {
      copy.traces[n].under_way = false;
      report<A>(note_write(copy.traces[n], now()), true, copy.at + n);
    }
    std::memcpy(copy.to, copy.from, copy.bytes);
  }

  template <ir::access_id A>
  static constexpr ir::buffer_id of = buffer_of<K, A>;
  template <ir::access_id A>
  static constexpr bool is_shared() {
    return place_at<K, of<A>>.kind == storage::shared;
  }
  template <ir::access_id A>
  static std::string name() {
    return std::string(std::string_view(K::program[of<A>].name));
  }
  moment now() const { return {.thread = me_, .block = block_number_, .time = block_.time()}; }

  [[gnu::cold]] void fail(std::string const& what) {
    block_.fail(name_of_type<typename K::operation>() + ": block " + coordinates(at_) + ", thread " +
                block_.name_of(me_) + " " + what);
  }

  /// The traces of N elements from `at` on, if they are there.
  template <ir::access_id A, int N, class T>
  trace* traces(T const* base, std::int64_t at, bool writes) {
    constexpr layout::place place = place_at<K, of<A>>;
    std::int64_t count = is_shared<A>() ? place.count : all_.spans[static_cast<std::size_t>(of<A>)];
    if (at < 0 || at + N > count) {
      fail(std::string(writes ? "writes" : "reads") + " element " + std::to_string(at) + " of " + name<A>() +
           ", which has " + std::to_string(count));
    }
    if (N > 1 && reinterpret_cast<std::uintptr_t>(base + at) % (N * sizeof(T)) != 0) {
      fail(std::string(writes ? "writes " : "reads ") + std::to_string(N * sizeof(T)) + " bytes of " + name<A>() +
           " at element " + std::to_string(at) + ", whose address is no multiple of that");
    }
    if constexpr (is_shared<A>()) {
      auto const bytes = reinterpret_cast<std::byte const*>(base) - (memory_ + place.offset);
      return &shared_[static_cast<std::size_t>(of<A>)]
                     [static_cast<std::size_t>(bytes) / sizeof(T) + static_cast<std::size_t>(at)];
    } else {
      return &all_.arguments[static_cast<std::size_t>(of<A>)][static_cast<std::size_t>(at)];
    }
  }

  template <ir::access_id A>
  void report(conflict const& c, bool writes, std::int64_t at) {
    if (!c.found) return;
    std::string const other = c.in_another_block ? "another block" : "thread " + block_.name_of(c.thread);
    fail(std::string(writes ? "writes" : "reads") + " element " + std::to_string(at) + " of " + name<A>() + ", which " +
         other + (c.was_read ? " reads" : " writes") +
         (c.in_another_block ? ", and blocks do not wait for each other" : " with no barrier between"));
  }

  launch<K>& all_;
  emulator::block& block_;
  std::byte* memory_;
  std::vector<shadow>& shared_;
  std::int64_t const (&at_)[3];
  std::int32_t block_number_;
  std::int32_t me_;
  std::vector<begun> open_{};
  std::deque<std::vector<begun>> groups_{};
};

}  // namespace tenon::cuda::emulator
