#include <doctest/doctest.h>

#include <string>

#include <support/programs.hpp>

#include <tenon/target/text/loop_nest.hpp>

using namespace tenon;

namespace {

// dense_relu as split(i, 4), split(j, 8) and marks would leave it.
ir::program tiled() {
  ir::program p = programs::dense_relu(16, 32, 8);
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::allocate) p[p[id].buffer()].where = ir::memory::registers;
  });
  auto const tile = [&](ir::axis_id a, int factor) {
    ir::axis inner = p[a];
    inner.name = inner.name.part("inner");
    inner.extent = ir::add_index(p, factor);
    ir::axis_id const made = p.add(inner);
    ir::node_id const loop = ir::add_loop(p, made, ir::node_id::none);
    p[a].extent = ir::add_index(p, p[p[a].extent].value / factor);
    p[a].name = p[a].name.part("outer");
    for (std::size_t n = 1; n < p.nodes.size(); ++n) {
      ir::node& node = p.nodes[n];
      if (node.what == ir::op::loop && node.axis() == a) {
        p[loop].a = node.a;
        node.a = loop;
      }
    }
    ir::node_id const outer = ir::add_counter(p, a), within = ir::add_counter(p, made);
    std::size_t const before = p.nodes.size() - 2;
    for (std::size_t n = 1; n < before; ++n) {
      ir::node& node = p.nodes[n];
      if (node.what == ir::op::counter && node.axis() == a) {
        ir::node_id const scaled = ir::add_index(p, ir::op::mul, outer, factor);
        p.nodes[n] = {.what = ir::op::add, .type = ir::index_type, .a = scaled, .b = within};
      }
    }
    return made;
  };
  p[tile(ir::axis_id{1}, 4)].kind = ir::loop_kind::unrolled;
  p[tile(ir::axis_id{2}, 8)].kind = ir::loop_kind::vectorized;
  p[ir::axis_id{1}].kind = ir::loop_kind::parallel;
  return p;
}

}  // namespace

TEST_CASE("a staged operator reads like its loops") {
  CHECK(show::loop_nest(programs::dense_relu(384, 512, 128)) == "for i in 0..384\n"
                                                                "  for j in 0..512\n"
                                                                "    allocate y.sum float\n"
                                                                "    y.sum = 0\n"
                                                                "    for k in 0..128\n"
                                                                "      y.sum += x[i, k] * w[k, j]\n"
                                                                "    y[i, j] = max(y.sum + b[j], 0)\n");
}

TEST_CASE("marks stand before their loops, and indices are sums") {
  CHECK(show::loop_nest(tiled()) ==
        "parallel for i.outer in 0..4\n"
        "  unrolled for i.inner in 0..4\n"
        "    for j.outer in 0..4\n"
        "      vectorized for j.inner in 0..8\n"
        "        allocate y.sum float in registers\n"
        "        y.sum = 0\n"
        "        for k in 0..8\n"
        "          y.sum += x[4*i.outer + i.inner, k] * w[k, 8*j.outer + j.inner]\n"
        "        y[4*i.outer + i.inner, 8*j.outer + j.inner] = max(y.sum + b[8*j.outer + j.inner], 0)\n");
}

TEST_CASE("where there are several stages, loops say whose they are") {
  CHECK(show::loop_nest(programs::blur(4, 8)) == "allocate bx[6, 8] float\n"
                                                 "for y in 0..6  // bx\n"
                                                 "  for x in 0..8\n"
                                                 "    bx[y, x] = in[y, x] + in[y, x + 1] + in[y, x + 2]\n"
                                                 "for y in 0..4  // by\n"
                                                 "  for x in 0..8\n"
                                                 "    by[y, x] = bx[y, x] + bx[y + 1, x] + bx[y + 2, x]\n");
}

TEST_CASE("a loop inside another of its name says its stage") {
  programs::maker m{};
  auto const x = m.input("x", {8});
  auto const y = m.output("y", {8});
  auto const t = m.temporary("t", {8});
  auto const outer = m.axis(y, "i", 4), inner = m.axis(t, "i", 2);
  auto const at = ir::add_index(m.p, ir::op::add, ir::add_index(m.p, ir::op::mul, m.at(outer), 2), m.at(inner));
  ir::node_id const store = ir::add_store(m.p, ir::add_access(m.p, t, {at}), m.load(x, {at}));
  m.p.root = ir::add_loop(m.p, outer, ir::add_loop(m.p, inner, store));
  CHECK(show::loop_nest(m.p) == "for i in 0..4  // y\n"
                                "  for t.i in 0..2  // t\n"
                                "    t[2*i + t.i] = x[2*i + t.i]\n");
}

TEST_CASE("a reduction of several values is one line") {
  CHECK(show::loop_nest(programs::row_argmax(4, 9)) == "for i in 0..4\n"
                                                       "  allocate y.best float\n"
                                                       "  allocate y.argmax int64\n"
                                                       "  y.best = -64\n"
                                                       "  y.argmax = 0\n"
                                                       "  for k in 0..9\n"
                                                       "    (y.best, y.argmax) argmax= (x[i, k], k)\n"
                                                       "  y[i] = y.argmax\n");
}

TEST_CASE("what follows an allocation's end stands outside it") {
  ir::program p = programs::copy(4);
  ir::buffer_id const t = p.add(ir::buffer{.name = "t", .type = element::f32});
  ir::node_id const one = ir::add_store(p, ir::add_access(p, t, {}), ir::add_real(p, element::f32, 0.5));
  p.root = ir::add_block(p, ir::add_allocate(p, t, one), p.root);
  CHECK(show::loop_nest(p) == "allocate t float\n"
                              "  t = 0.5\n"
                              "for i in 0..4\n"
                              "  y[i] = x[i]\n");
}

TEST_CASE("conditions, prefetches and instructions") {
  ir::program p = programs::copy(10);
  ir::node_id const loop = p.root, store = p[loop].a, i = ir::add_counter(p, ir::axis_id{1});
  p[store].b = ir::add_binary(p, ir::op::less, i, ir::add_index(p, 7));
  ir::node_id const other =
      p.add(ir::node{.what = ir::op::prefetch, .x = static_cast<std::uint16_t>(p[p[store].a].access())});
  p.instructions.push_back({});
  p.instructions.push_back("copy4");
  ir::node_id const by = p.add(ir::node{.what = ir::op::tensorized, .x = 1, .a = store});
  ir::node_id const test =
      ir::add_binary(p, ir::op::equal, ir::add_index(p, ir::op::floor_mod, i, 2), ir::add_index(p, 0));
  p[loop].a = p.add(ir::node{.what = ir::op::when, .a = test, .b = by, .c = other});
  CHECK(show::loop_nest(p) == "for i in 0..10\n"
                              "  if (i % 2 == 0)\n"
                              "    by copy4\n"
                              "      if (i < 7) y[i] = x[i]\n"
                              "  else\n"
                              "    prefetch x[i]\n");
}

TEST_CASE("run-time extents go by their names") {
  CHECK(show::loop_nest(programs::matmul_of_rows(0, 8, 8)).starts_with("for i in 0..M\n"));
}

TEST_CASE("a refused program says so, and an empty one says nothing") {
  CHECK(show::loop_nest({}) == "");
  ir::program const p = ir::refuse(programs::copy(4), text{} << "split(q, 4): no loop is called q; the loops are i");
  CHECK(show::loop_nest(p) == "refused: split(q, 4): no loop is called q; the loops are i\n"
                              "for i in 0..4\n"
                              "  y[i] = x[i]\n");
}

TEST_CASE("a program that overflowed its tables is still shown") {
  ir::program p = programs::copy(4);
  while (!p.nodes.full()) p.nodes.push_back(p.nodes[p.nodes.size() - 1]);
  ir::program const full = programs::matmul(4, 4, 4);
  p.root = ir::add_block(p, p.root, p.root);
  CHECK(p.refused);
  CHECK(show::loop_nest(p).starts_with("refused: this operator: a program holds 1535 nodes"));
  p = full;
  p[p.root].a = p.root;
  CHECK(show::loop_nest(p).ends_with("...\n"));
}
