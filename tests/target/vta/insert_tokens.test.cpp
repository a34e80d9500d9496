#include <tenon/target/vta/insert_tokens.hpp>

#include <tenon/target/vta/check_tokens.hpp>

#include "support/both.hpp"
#include "target/vta/convolution.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

constexpr stream bare(stream s) {
  for (instruction& i : s.instructions) i.pop_prev = i.pop_next = i.push_prev = i.push_next = 0;
  return s;
}
constexpr bool puts_the_tokens_that_a_person_would() {
  stream s = bare(small_stream());
  insert_tokens(s);
  return s == small_stream();
}
constexpr bool takes_old_tokens_away() {
  stream s = small_stream();
  s.instructions[1].pop_next = 1;
  insert_tokens(s);
  return s == small_stream();
}
constexpr int tokens_in(stream const& s) {
  int count = 0;
  for (instruction const& i : s.instructions) count += static_cast<int>(i.push_prev + i.push_next);
  return count;
}
// Two rounds over the same SRAM: one token for each of the two that wait for data, two for regions that are free again, one
// for the second store and one for the end.
constexpr stream two_rounds() {
  stream s = bare(small_stream());
  std::vector<instruction> const once = s.instructions;
  s.instructions.pop_back();
  for (std::size_t at = 1; at < once.size(); ++at) s.instructions.push_back(once[at]);
  insert_tokens(s);
  return s;
}
constexpr bool guards_what_is_used_again() {
  stream const s = two_rounds();
  // 0 load uop, 1 inp, 2 wgt, 3 reset, 4 gemm, 5 shr, 6 store, then 7 inp, 8 wgt, 9 reset, 10 gemm, ...
  return tokens_in(s) == 7 && s.instructions[4].push_prev == 1 && s.instructions[7].pop_next == 1 &&
         s.instructions[6].push_prev == 1 && s.instructions[9].pop_next == 1 && !check_tokens(s);
}
// Each token is needed: without it there is something wrong.
constexpr bool puts_none_too_many(stream const& s) {
  for (std::size_t giver = 0; giver < s.instructions.size(); ++giver) {
    for (queue const q : all_queues) {
      if (!gives(s.instructions[giver], q)) continue;
      std::size_t taken = 0, before = 0;
      for (std::size_t at = 0; at < giver; ++at) before += gives(s.instructions[at], q) ? 1 : 0;
      stream less = s;
      less.instructions[giver].*giving_flag(q) = 0;
      for (instruction& i : less.instructions) {
        if (takes(i, q) && taken++ == before) i.*taking_flag(q) = 0;
      }
      if (!check_tokens(less)) return false;
    }
  }
  return true;
}

TEST_CASE("insert_tokens") {
  CHECK_BOTH(puts_the_tokens_that_a_person_would());
  CHECK_BOTH(takes_old_tokens_away());
  CHECK_BOTH(guards_what_is_used_again());
  CHECK_BOTH(puts_none_too_many(small_stream()));
  CHECK(puts_none_too_many(two_rounds()));
  CHECK(puts_none_too_many(convolution(resnet18[4], 2)));
}

}  // namespace
