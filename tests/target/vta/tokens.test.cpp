#include <tenon/target/vta/tokens.hpp>

#include "support/both.hpp"

namespace {

using namespace tenon::vta;

constexpr instruction every_flag(std::int64_t op, std::int64_t which) {
  return {.op = op, .pop_prev = 1, .pop_next = 1, .push_prev = 1, .push_next = 1, .memory_type = which};
}
constexpr bool is_row(unit u, instruction const& i, bool takes_prev, bool takes_next) {
  bool right = unit_of(i) == u;
  for (queue const q : all_queues) {
    bool const from_prev = static_cast<int>(giver_of(q)) < static_cast<int>(taker_of(q));
    right = right && takes(i, q) == (taker_of(q) == u && (from_prev ? takes_prev : takes_next));
    right = right && gives(i, q) == (giver_of(q) == u && (from_prev ? takes_next : takes_prev));
  }
  return right;
}
constexpr bool reads_the_flags_as_each_unit_does() {
  return is_row(unit::load, every_flag(opcode::load, memory::inp), false, true) &&
         is_row(unit::compute, every_flag(opcode::finish, 0), true, true) &&
         is_row(unit::store, every_flag(opcode::store, memory::out), true, false);
}
constexpr bool neighbours_share_queues() {
  for (queue const q : all_queues) {
    int const way = static_cast<int>(giver_of(q)) - static_cast<int>(taker_of(q));
    if (way != 1 && way != -1) return false;
  }
  return true;
}
constexpr bool a_moment_learns() {
  moment a{}, b{};
  a[unit::load] = 3;
  b[unit::load] = 2;
  b[unit::store] = 5;
  a.join(b);
  return a[unit::load] == 3 && a[unit::store] == 5 && a[unit::compute] == 0;
}
constexpr bool ranks_count_within_a_unit() {
  instruction const all[] = {
      {.op = opcode::gemm}, {.op = opcode::load, .memory_type = memory::inp}, {.op = opcode::alu}};
  std::vector<std::int32_t> const ranks = ranks_of(all);
  return ranks[0] == 0 && ranks[1] == 0 && ranks[2] == 1;
}

constexpr bool keeps_things_apart() {
  per_unit<int> of_units{};
  per_queue<int> of_queues{};
  int n = 0;
  for (unit const u : all_units) of_units[u] = n++;
  for (queue const q : all_queues) of_queues[q] = n++;
  for (queue const q : all_queues) n -= of_queues[q] == 3 + static_cast<int>(q) ? 1 : 0;
  for (unit const u : all_units) n -= of_units[u] == static_cast<int>(u) ? 1 : 0;
  return n == 0;
}

TEST_CASE("tokens") {
  CHECK_BOTH(keeps_things_apart());
  CHECK_BOTH(reads_the_flags_as_each_unit_does());
  CHECK_BOTH(neighbours_share_queues());
  CHECK_BOTH(a_moment_learns());
  CHECK_BOTH(ranks_count_within_a_unit());
}

}  // namespace
