#include <doctest/doctest.h>

#include <algorithm>

#include <tenon/target/text/html_style.hpp>

using namespace tenon;

TEST_CASE("a page looks well alone: nothing is loaded, and the dark has its colours too") {
  CHECK(show::html_style.find("url(") == std::string_view::npos);
  CHECK(show::html_style.find("@import") == std::string_view::npos);
  CHECK(show::html_style.find("prefers-color-scheme: dark") != std::string_view::npos);
  CHECK(std::count(show::html_style.begin(), show::html_style.end(), '{') ==
        std::count(show::html_style.begin(), show::html_style.end(), '}'));
}
