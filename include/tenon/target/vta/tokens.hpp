#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tenon/target/vta/instruction.hpp>

namespace tenon::vta {

/// The four queues of tokens between neighbouring units.
enum class queue : std::uint8_t { load_to_compute, compute_to_load, compute_to_store, store_to_compute };

inline constexpr unit all_units[] = {unit::load, unit::compute, unit::store};
inline constexpr queue all_queues[] = {queue::load_to_compute, queue::compute_to_load, queue::compute_to_store,
                                       queue::store_to_compute};

/// The unit that gives the tokens of a queue, and the one that takes them.
constexpr unit giver_of(queue q) {
  return q == queue::load_to_compute ? unit::load : q == queue::store_to_compute ? unit::store : unit::compute;
}
constexpr unit taker_of(queue q) {
  return q == queue::compute_to_load ? unit::load : q == queue::compute_to_store ? unit::store : unit::compute;
}

/// The flag by which a unit's instruction takes from a queue, and the one by which it gives.
constexpr std::int64_t instruction::* taking_flag(queue q) {
  bool const from_prev = q == queue::load_to_compute || q == queue::compute_to_store;
  return from_prev ? &instruction::pop_prev : &instruction::pop_next;
}
constexpr std::int64_t instruction::* giving_flag(queue q) {
  bool const to_next = q == queue::load_to_compute || q == queue::compute_to_store;
  return to_next ? &instruction::push_next : &instruction::push_prev;
}

constexpr bool takes(instruction const& i, queue q) { return unit_of(i) == taker_of(q) && i.*taking_flag(q) != 0; }
constexpr bool gives(instruction const& i, queue q) { return unit_of(i) == giver_of(q) && i.*giving_flag(q) != 0; }

/// Something for each unit. Not an array: nvcc does not destroy arrays of vectors while compiling.
template <class T>
struct per_unit {
  T load{}, compute{}, store{};

  constexpr T& operator[](unit u) { return u == unit::load ? load : u == unit::compute ? compute : store; }
  constexpr T const& operator[](unit u) const { return u == unit::load ? load : u == unit::compute ? compute : store; }
};

/// Something for each queue.
template <class T>
struct per_queue {
  T load_to_compute{}, compute_to_load{}, compute_to_store{}, store_to_compute{};

  constexpr T& operator[](queue q) {
    if (taker_of(q) == unit::compute) return giver_of(q) == unit::load ? load_to_compute : store_to_compute;
    return taker_of(q) == unit::load ? compute_to_load : compute_to_store;
  }
  constexpr T const& operator[](queue q) const {
    if (taker_of(q) == unit::compute) return giver_of(q) == unit::load ? load_to_compute : store_to_compute;
    return taker_of(q) == unit::load ? compute_to_load : compute_to_store;
  }
};

/// How many instructions of each unit are known to have ended.
struct moment {
  std::int32_t done[units]{};

  constexpr std::int32_t& operator[](unit u) { return done[static_cast<int>(u)]; }
  constexpr std::int32_t operator[](unit u) const { return done[static_cast<int>(u)]; }
  /// Learns what another moment knows.
  constexpr void join(moment const& other) {
    for (int u = 0; u < units; ++u) {
      if (other.done[u] > done[u]) done[u] = other.done[u];
    }
  }
};

/// For each instruction, how many of its unit stand before it.
constexpr std::vector<std::int32_t> ranks_of(std::span<instruction const> all) {
  std::vector<std::int32_t> made{};
  moment count{};
  for (instruction const& i : all) made.push_back(count[unit_of(i)]++);
  return made;
}

}  // namespace tenon::vta
