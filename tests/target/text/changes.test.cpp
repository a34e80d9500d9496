#include <doctest/doctest.h>

#include <support/programs.hpp>

#include <tenon/target/text/changes.hpp>

using namespace tenon;

TEST_CASE("a line is gone unless it is still there in the same order") {
  using lines = std::vector<std::string>;
  using answer = std::vector<bool>;
  CHECK(show::lines_gone(lines{"a", "b", "c"}, lines{"a", "c"}) == answer{false, true, false});
  CHECK(show::lines_gone(lines{"a", "c"}, lines{"a", "b", "c"}) == answer{false, false});
  CHECK(show::lines_gone(lines{"a", "b"}, lines{"c"}) == answer{true, true});
  CHECK(show::lines_gone(lines{"a", "b"}, lines{"b", "a"}) == answer{true, false});
  CHECK(show::lines_gone(lines{}, lines{"a"}).empty());
}

TEST_CASE("the words of an outline are in the order of reading") {
  std::vector<std::string> words{};
  show::collect_words(show::outline(programs::copy(3)), words);
  CHECK(words == std::vector<std::string>{"for i in 0..3", "y[i] = x[i]"});
}
