#include <tenon/lower/machine.hpp>

#include <doctest/doctest.h>
#include <support/both.hpp>
#include <support/loops.hpp>
#include <support/programs.hpp>

#include <tenon/lower/cache_buffer.hpp>
#include <tenon/lower/place_buffers.hpp>
#include <tenon/schedule/cache.hpp>
#include <tenon/schedule/place.hpp>
#include <tenon/target/text/loop_nest.hpp>

using namespace tenon;

namespace {

constexpr memory memories[]{{.where = space::main}, {.where = {"tiles"}, .bytes = 512}};
constexpr lower::machine toy{.name = "toy", .memories = {memories, 2}};
constexpr tensor_name w{"w"};

constexpr ir::program with_copy(space const& where) {
  return lower::cache_buffer(programs::matmul(2, 4, 8), cache(w, loop("i"), order(loop("j"), loop("k")), where), toy);
}

constexpr bool a_memory_of_the_machine_keeps_its_name() {
  ir::program const p = with_copy({"tiles"});
  return !p.refused && lower::space_of(p, p.buffers.back().where) == space{"tiles"} && p.memories.size() == 2;
}

constexpr bool main_memory_has_room_for_ours() {
  return toy.has(space::workspace) && !toy.has(space::main) && !toy.has(space::stack) && toy.has({"tiles"});
}

constexpr bool without_memories_every_name_will_do() {
  return lower::machine{}.has({"tiles"}) && lower::machine{}.has(space::stack);
}

constexpr bool what_nobody_placed_lives_where_the_machine_has_room() {
  ir::program const p = lower::place_buffers(with_copy(space::automatic), toy);
  return p.buffers.back().where == ir::memory::workspace && lower::space_of(p, p.buffers.back().where) == space::main;
}

}  // namespace

TEST_CASE("machine") {
  CHECK_BOTH(a_memory_of_the_machine_keeps_its_name());
  CHECK_BOTH(main_memory_has_room_for_ours());
  CHECK_BOTH(without_memories_every_name_will_do());
  CHECK_BOTH(what_nobody_placed_lives_where_the_machine_has_room());
  CHECK(show::loop_nest(with_copy({"tiles"})).find("allocate w.cache[4, 8] float in tiles") != std::string::npos);
}

TEST_CASE("a memory that the machine does not have") {
  CHECK(with_copy({"tile"}).refused.sentence ==
        "cache(w, i, order(j, k), tile): toy has no memory of ours called tile; its memories are tiles");
  CHECK(lower::place_buffer(with_copy(space::automatic), place(cached(w), space::stack), toy).refused.sentence ==
        "place(w.cache, space::stack): toy has no memory of ours called stack; its memories are tiles");
}
