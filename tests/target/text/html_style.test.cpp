#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include <tenon/target/text/html_style.hpp>

using namespace tenon;

TEST_CASE("a page looks well alone: nothing is loaded, and the dark has its colours too") {
  std::string all{};
  for (std::string_view part : {show::html_colours, show::html_nest_style, show::html_page_style}) {
    CHECK(std::count(part.begin(), part.end(), '{') == std::count(part.begin(), part.end(), '}'));
    all += part;
  }
  CHECK(all.find("url(") == std::string::npos);
  CHECK(all.find("@import") == std::string::npos);
  CHECK(show::html_page_style.find("prefers-color-scheme: dark") != std::string_view::npos);
}

TEST_CASE("the style of a nest leaves what is around it alone") {
  for (std::string_view tag : {"body", "\ntable", "\nh1", "\npre", ":root"}) {
    CHECK(show::html_nest_style.find(tag) == std::string_view::npos);
  }
}
