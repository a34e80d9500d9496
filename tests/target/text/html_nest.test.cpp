#include <doctest/doctest.h>

#include <support/programs.hpp>

#include <tenon/target/text/html_nest.hpp>

using namespace tenon;

TEST_CASE("a loop is a box in the colour of its kind") {
  ir::program p = programs::copy(4);
  p[ir::axis_id{1}].kind = ir::loop_kind::parallel;
  CHECK(show::html_nest(p, {.is_new = {true, false}, .is_gone = {true, true}}) ==
        "<div class=\"box parallel\"><div class=\"head new gone\"><span class=\"mark\">parallel</span><b>i</b>"
        "<span class=\"extent\">0..4</span></div>\n"
        "<div class=\"inside\">\n"
        "<div class=\"line gone\">y[i] = x[i]</div>\n"
        "</div></div>\n");
}

TEST_CASE("an allocation is a box with its bytes, and a condition is escaped") {
  ir::program p = programs::blur(4, 8);
  p[ir::buffer_id{3}].where = ir::memory::stack;
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::store) p[id].b = ir::node_id{1};
  });
  p.nodes[1] = {.what = ir::op::less, .type = element::boolean, .a = p.axes[1].extent, .b = p.axes[2].extent};
  std::string const page = show::html_nest(p);
  CHECK(page.find("<div class=\"box memory\"><div class=\"head\"><b>bx[6, 8]</b><span class=\"extent\">float</span>"
                  "<span class=\"mark\">192 B</span><span class=\"aside\">stack</span></div>") != std::string::npos);
  CHECK(page.find("if (6 &lt; 8) bx[y, x] = ") != std::string::npos);
  CHECK(page.find("<span class=\"aside\">stage by</span>") != std::string::npos);
}
