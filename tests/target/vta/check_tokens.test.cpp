#include <tenon/target/vta/check_tokens.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "support/both.hpp"
#include "target/vta/convolution.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;
using tenon::text;

constexpr text wrong_tokens(stream const& s) { return check_tokens(s).sentence; }

// How many places of a stream a sentence names: "12 (".
constexpr int places_in(text const& sentence) {
  int count = 0;
  std::string_view const all = sentence;
  for (std::size_t at = 1; at + 1 < all.size(); ++at) {
    if (all[at] == ' ' && all[at + 1] == '(' && all[at - 1] >= '0' && all[at - 1] <= '9') ++count;
  }
  return count;
}

constexpr bool grants_what_is_right() { return !check_tokens(small_stream()); }
constexpr bool changed(std::size_t at, std::int64_t instruction::* flag, std::int64_t to, std::string_view sentence) {
  stream s = small_stream();
  s.instructions[at].*flag = to;
  return wrong_tokens(s) == sentence;
}
constexpr bool names_giver_and_taker() {
  using i = instruction;
  return changed(2, &i::push_next, 0,
                 "instruction 4 (gemm uops[0..1) x 1 x 4, dst +0 +1, src +0 +1; waits load) waits for a token from "
                 "load, and 2 "
                 "(load wgt[0..1) from 8: 1 x 1), which it has to wait for, gives none") &&
         changed(4, &i::pop_prev, 0,
                 "instruction 4 (gemm uops[0..1) x 1 x 4, dst +0 +1, src +0 +1) reads wgt[0], which 2 (load wgt[0..1) "
                 "from 8: 1 "
                 "x 1; signals compute) writes, and no token makes it wait") &&
         changed(6, &i::pop_prev, 0,
                 "instruction 6 (store out[0..4) to 64: 2 x 2 stride 2; signals compute) reads out[0], which 5 (shr "
                 "uops[0..1) "
                 "x 1 x 4, dst +0 +1, by 1; signals store) writes, and no token makes it wait") &&
         changed(7, &i::pop_next, 0,
                 "instruction 7 (finish) does not wait for 6 (store out[0..4) to 64: 2 x 2 stride 2; waits compute, "
                 "signals "
                 "compute); it has to be the last to execute") &&
         changed(4, &i::push_next, 1,
                 "instruction 6 (store out[0..4) to 64: 2 x 2 stride 2; waits compute, signals compute) reads out[0], "
                 "which 5 (shr "
                 "uops[0..1) x 1 x 4, dst +0 +1, by 1; signals store) writes, and no token makes it wait") &&
         changed(1, &i::pop_next, 1,
                 "instruction 1 (load inp[0..4) from 8: 1 x 4; waits compute) waits for a token from compute, and none "
                 "is left: "
                 "the last before it is 0 (load uop[0..2) from 0: 1 x 2)");
}
constexpr bool refuses_to_wait_for_what_stands_behind() {
  stream s = small_stream();
  s.instructions[1].pop_next = 1;
  s.instructions[5].push_prev = 1;
  return says(wrong_tokens(s), "which only 5 (shr") && says(wrong_tokens(s), "gives, behind it");
}
constexpr bool refuses_what_is_left() {
  stream s = small_stream();
  s.instructions[5].push_prev = 1;
  return says(wrong_tokens(s), "load never takes its token, and takes none");
}
constexpr bool wants_one_finish() {
  stream twice = small_stream();
  twice.instructions.push_back({.op = opcode::finish});
  stream without = small_stream();
  without.instructions.pop_back();
  without.instructions.back().push_prev = 0;
  return says(wrong_tokens(twice), "instruction 7 (finish; waits store): a stream ends with its only finish") &&
         says(wrong_tokens(without), "instruction 6 (store") &&
         says(wrong_tokens(without), "a stream ends with its only finish");
}

// Takes away the `n`th flag that is set; false when there are fewer.
bool remove_flag(stream& s, std::size_t n) {
  for (instruction& i : s.instructions) {
    for (auto const flag :
         {&instruction::pop_prev, &instruction::pop_next, &instruction::push_prev, &instruction::push_next}) {
      if (i.*flag != 0 && n-- == 0) {
        i.*flag = 0;
        return true;
      }
    }
  }
  return false;
}
// Wherever half a token is taken from a stream, the sentence names both instructions.
bool names_two_wherever_a_flag_is_missing(stream const& s) {
  for (std::size_t n = 0;; ++n) {
    stream less = s;
    if (!remove_flag(less, n)) return n > 0;
    if (places_in(wrong_tokens(less)) != 2) {
      MESSAGE(std::string(std::string_view(wrong_tokens(less))));
      return false;
    }
  }
}
// Two neighbours of different units that meet somewhere: swapped, they are refused in words that name two. Others may be swapped.
bool names_two_wherever_neighbours_are_swapped(stream const& s) {
  footprints const touch(s);
  int refused = 0;
  for (std::size_t at = 0; at + 1 < s.instructions.size(); ++at) {
    if (unit_of(s.instructions[at]) == unit_of(s.instructions[at + 1])) continue;
    stream other = s;
    std::swap(other.instructions[at], other.instructions[at + 1]);
    text const no = wrong_tokens(other);
    bool const depend = static_cast<bool>(touch.meet(at, at + 1)) || s.instructions[at + 1].op == opcode::finish;
    if (depend && no.empty()) return false;
    if (!no.empty() && places_in(no) < (s.instructions[at + 1].op == opcode::finish ? 1 : 2)) return false;
    refused += no.empty() ? 0 : 1;
  }
  return refused > 0;
}
// Any two instructions swapped: where the proof has nothing against it, the strict machine has nothing about tokens either.
bool agrees_with_the_machine_on_swapped_pairs() {
  stream const s = small_stream();
  int granted = 0, refused = 0;
  for (std::size_t a = 0; a < s.instructions.size(); ++a) {
    for (std::size_t b = a + 1; b < s.instructions.size(); ++b) {
      stream other = s;
      std::swap(other.instructions[a], other.instructions[b]);
      bool const fine = wrong_tokens(other).empty();
      (fine ? granted : refused) += 1;
      for (std::uint64_t seed = 0; seed < 6 && fine; ++seed) {
        text const no = wrong_with(other, mode::strict, seed);
        if (says(no, "no token orders") || says(no, "waits for a token") || says(no, "does not wait")) return false;
      }
    }
  }
  return granted > 0 && refused > 10;
}

// Flags set and taken away at random: what is proved runs on the strict machine in every order that was tried, and what the
// machine refuses is not proved. The proof may refuse more: what only works if instructions overtake others of the stream.
bool agrees_with_the_machine_on_random_flags() {
  dice d{};
  layer const& l = small_layer;
  stream const s = convolution(l, 2);
  std::vector<std::uint8_t> const image = layer_image(l, data_of(l), s);
  int granted = 0, refused = 0, only_by_the_proof = 0;
  for (int n = 0; n < 300; ++n) {
    stream other = s;
    for (std::int64_t changes = d.below(3); changes >= 0; --changes) {
      auto const at = static_cast<std::size_t>(d.below(std::ssize(other.instructions)));
      instruction& i = other.instructions[at];
      queue const q = all_queues[d.below(4)];
      if (unit_of(i) == taker_of(q)) i.*taking_flag(q) ^= 1;
      if (unit_of(i) == giver_of(q)) i.*giving_flag(q) ^= 1;
    }
    text const no = wrong_tokens(other);
    bool runs = true;
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      std::vector<std::uint8_t> dram = image;
      simulator machine(other.sizes);
      runs = runs && !machine.run(other.instructions, dram, seed);
    }
    if (no.empty() && !runs) return false;
    (no.empty() ? granted : refused) += 1;
    if (!no.empty() && runs) {
      only_by_the_proof += 1;
      if (!says(no, "gives, behind it") && !says(no, "gives none")) return false;
    }
  }
  return granted > 20 && refused > 100 && 10 * only_by_the_proof < refused;
}

TEST_CASE("check_tokens") {
  CHECK_BOTH(grants_what_is_right());
  CHECK_BOTH(names_giver_and_taker());
  CHECK_BOTH(refuses_to_wait_for_what_stands_behind());
  CHECK_BOTH(refuses_what_is_left());
  CHECK_BOTH(wants_one_finish());
  CHECK(names_two_wherever_a_flag_is_missing(small_stream()));
  CHECK(names_two_wherever_neighbours_are_swapped(small_stream()));
  CHECK(agrees_with_the_machine_on_swapped_pairs());
  CHECK(agrees_with_the_machine_on_random_flags());
  for (layer const& l : resnet18) {
    CAPTURE(std::string(l.name));
    for (int const threads : {1, 2}) {
      stream const s = convolution(l, threads);
      CHECK(wrong_tokens(s).empty());
      CHECK(names_two_wherever_a_flag_is_missing(s));
      CHECK(names_two_wherever_neighbours_are_swapped(s));
    }
  }
}

}  // namespace
