#include <tenon/lower/plan_memories.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>

using namespace tenon;

namespace {

constexpr space tiles{"tiles"};
constexpr memory memories[]{{.where = space::main, .alignment = 64}, {.where = tiles, .bytes = 256, .block = 64}};
constexpr lower::machine toy{.name = "toy", .memories = {memories, 2}};
constexpr auto i = loop("i"), j = loop("j"), k = loop("k");
constexpr tensor_name x{"x"}, w{"w"};

/// Copies of both operands, 4 x `depth` floats of each.
constexpr tenon::schedule copies() { return steps(cache(w, i, order(k, j), tiles), cache(x, i, order(k), tiles)); }
constexpr ir::program copied(int depth) {
  return lower::finish(lower::apply(programs::matmul(3, 4, depth), copies(), toy), toy);
}

constexpr std::size_t of(ir::program const& p, label const& name) {
  return static_cast<std::size_t>(lower::find_buffer(p, {name}));
}

constexpr bool arguments_lie_behind_each_other() {
  ir::program const p = copied(3);
  lower::memory_plan const m = lower::plan_memories(p, toy);
  return m.at[of(p, "x")] == 0 && m.at[of(p, "w")] == 64 && m.at[of(p, "y")] == 128 && m.in[of(p, "y")] == 0;
}

constexpr bool what_lives_at_once_lies_apart_in_whole_blocks() {
  ir::program const p = copied(3);
  lower::memory_plan const m = lower::plan_memories(p, toy);
  std::int64_t const a = m.at[of(p, "w.cache")], b = m.at[of(p, "x.cache")];
  return m.in[of(p, "w.cache")] == 1 && a % 64 == 0 && b % 64 == 0 && a != b && m.used[1] == 128 &&
         m.overflow == ir::buffer_id::none;
}

/// Two stages in a loop, each with a buffer of its own, one after the other.
constexpr bool what_lives_one_after_the_other_shares() {
  ir::program p = lower::apply(
      programs::blur(4, 4),
      steps(cache(tensor_name{"in"}, loop("bx", "y"), tiles), cache(tensor_name{"bx"}, loop("by", "y"), tiles)), toy);
  p = lower::finish(p, toy);
  lower::memory_plan const m = lower::plan_memories(p, toy);
  return !p.refused && m.at[of(p, "in.cache")] == 0 && m.at[of(p, "bx.cache")] == 0 && m.used[1] == 64;
}

}  // namespace

TEST_CASE("plan_memories") {
  CHECK_BOTH(arguments_lie_behind_each_other());
  CHECK_BOTH(what_lives_at_once_lies_apart_in_whole_blocks());
  CHECK_BOTH(what_lives_one_after_the_other_shares());
}

TEST_CASE("check_memories refuses with the user's line") {
  CHECK(lower::check_memories(copied(3), copies(), toy) == copied(3));
  CHECK(lower::check_memories(copied(13), copies(), toy).refused.sentence ==
        "cache(w, i, order(k, j), tiles): w.cache takes 208 bytes of tiles, where 64 are taken by others at the same "
        "time, "
        "and tiles holds 256; take smaller tiles");
  CHECK(lower::check_memories(copied(80), copies(), toy).refused.sentence ==
        "cache(x, i, order(k), tiles): x.cache takes 320 bytes of tiles, and tiles holds 256; take smaller tiles");
}
