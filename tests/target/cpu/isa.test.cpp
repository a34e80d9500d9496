#include <tenon/target/cpu/isa.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_CASE("the machine has a set of instructions that a program holds") {
  using namespace tenon::cpu;
  CHECK(facts_of(isa::avx512).vector_bytes == 64);
  CHECK(facts_of(isa::avx2).vector_registers == 16);
  CHECK(best_isa<TENON_CPU_SCALAR>() == isa::scalar);
#if defined(__x86_64__)
  CHECK(best_isa<TENON_CPU_SCALAR | TENON_CPU_SSE2>() <= isa::sse2);
#endif
  isa const best =
      best_isa<TENON_CPU_SCALAR | TENON_CPU_SSE2 | TENON_CPU_AVX2 | TENON_CPU_AVX512 | TENON_CPU_AVX512_DOT>();
  CHECK(best == machine_isa());
}

TEST_CASE("TENON_ISA lowers the choice and says what is wrong") {
  using namespace tenon::cpu;
  ::setenv("TENON_ISA", "scalar", 1);
  CHECK(detail::ask_environment(isa::avx512) == isa::scalar);
  ::setenv("TENON_ISA", "avx512", 1);
  try {
    detail::ask_environment(isa::avx2);
    CHECK(false);
  } catch (isa_error const& e) {
    CHECK(std::string(e.what()) == "TENON_ISA=avx512: this machine has avx2 at most; leave TENON_ISA unset");
  }
  ::setenv("TENON_ISA", "mmx", 1);
  CHECK_THROWS_AS(detail::ask_environment(isa::avx2), isa_error);
  ::unsetenv("TENON_ISA");
  CHECK(detail::ask_environment(isa::avx2) == isa::avx2);
}
