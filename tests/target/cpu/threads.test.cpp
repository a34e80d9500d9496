#include <tenon/target/cpu/threads.hpp>

#include <string>

#include "support/both.hpp"

using namespace tenon;

TEST_CASE("threads") {
  CHECK(cpu::threads_in("1") == 1);
  CHECK(cpu::threads_in("16") == 16);
  CHECK(cpu::threads_in("1024") == 1024);
  for (char const* wrong : {"", "0", "-1", "two", "2 ", "1025", "99999999999999999999", "1.5"}) {
    CHECK(cpu::threads_in(wrong) == 0);
  }
  CHECK(cpu::available_processors() >= 1);

  char const* const before = std::getenv("TENON_THREADS");
  std::string const kept = before == nullptr ? "" : before;
  setenv("TENON_THREADS", "3", 1);
  CHECK(cpu::default_threads() == 3);
  setenv("TENON_THREADS", "many", 1);
  CHECK(cpu::default_threads() >= 1);
  unsetenv("TENON_THREADS");
  CHECK(cpu::default_threads() >= 1);
  if (before != nullptr) setenv("TENON_THREADS", kept.c_str(), 1);
}
