#include <doctest/doctest.h>

#include <tenon/target/text/quantity.hpp>

using namespace tenon;

TEST_CASE("bytes have three digits and a unit") {
  CHECK(show::bytes_in_words(0) == "0 B");
  CHECK(show::bytes_in_words(512) == "512 B");
  CHECK(show::bytes_in_words(1536) == "1.5 KiB");
  CHECK(show::bytes_in_words(1247232) == "1.19 MiB");
  CHECK(show::bytes_in_words(std::int64_t{300} << 40) == "300 TiB");
}

TEST_CASE("counts are in words from a thousand on") {
  CHECK(show::count_in_words(384) == "384");
  CHECK(show::count_in_words(50331648) == "50.3 million");
  CHECK(show::count_in_words(2.5) == "2.5");
  CHECK(show::count_in_words(12.345) == "12.3");
}

TEST_CASE("long numbers are in groups") {
  CHECK(show::in_groups(7) == "7");
  CHECK(show::in_groups(100) == "100");
  CHECK(show::in_groups(1000) == "1 000");
  CHECK(show::in_groups(-100) == "-100");
  CHECK(show::in_groups(-1234567) == "-1 234 567");
}
