#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <support/programs.hpp>

#include <tenon/target/text/html_page.hpp>

using namespace tenon;

namespace {

// The first tag that does not close what is open, or what is left open; empty if all tags fit.
std::string misfit(std::string_view page) {
  std::vector<std::string> open{};
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    std::size_t const end = page.find_first_of(" >", at);
    std::string const tag{page.substr(at + 1, end - at - 1)};
    if (tag == "!doctype" || tag == "meta" || tag == "input") continue;
    if (tag[0] != '/') {
      open.push_back(tag);
    } else if (open.empty() || "/" + open.back() != tag) {
      return tag;
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

show::page unrolled_and_refused() {
  show::page p{.title = "copy<4> & more", .history = {{"as written", programs::copy(4)}}};
  p.history.push_back({"unroll(i)", p.history[0].program});
  p.history[1].program[ir::axis_id{1}].kind = ir::loop_kind::unrolled;
  p.history.push_back({"split(q, 2)", ir::refuse(p.history[1].program, text{} << "split(q, 2): no loop is called q")});
  p.facts.emplace_back("operations", "0");
  p.tables.push_back({"Cost", {.rows = {{"flops"}, {"0"}}}});
  return p;
}

}  // namespace

TEST_CASE("a page is whole, and needs nothing from outside") {
  std::string const page = show::html_page(unrolled_and_refused());
  CHECK(misfit(page) == "");
  CHECK(page.find("http") == std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<h1>copy&lt;4&gt; &amp; more</h1>") != std::string::npos);
}

TEST_CASE("a page has a choice for each step, and marks what the step changed") {
  std::string const page = show::html_page(unrolled_and_refused());
  CHECK(page.find("<label for=\"s0\"><code>all steps</code></label>") != std::string::npos);
  CHECK(page.find("<label for=\"s1\"><code>unroll(i)</code></label>") != std::string::npos);
  CHECK(page.find("<label for=\"s2\" class=\"refused\">") != std::string::npos);
  CHECK(page.find("<div class=\"head gone\"><b>i</b>") != std::string::npos);
  CHECK(page.find("<div class=\"head new\"><span class=\"mark\">unrolled</span>") != std::string::npos);
  CHECK(page.find("<p class=\"refusal\">split(q, 2): no loop is called q</p>") != std::string::npos);
}

TEST_CASE("a page has facts, memory and the tables given") {
  std::string const page = show::html_page(unrolled_and_refused());
  CHECK(page.find("<dt>operations</dt><dd>0</dd>") != std::string::npos);
  CHECK(page.find("<dt>tensors of the caller</dt><dd>32 B</dd>") != std::string::npos);
  CHECK(page.find("<h2>Memory</h2>") != std::string::npos);
  CHECK(page.find("<h2>Cost</h2>") != std::string::npos);
}

TEST_CASE("a page of nothing is a page") {
  CHECK(misfit(show::html_page({})) == "");
  CHECK(misfit(show::html_page({.title = "one", .history = {{"as written", programs::blur(3, 4)}}})) == "");
}
