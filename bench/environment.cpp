#include <bench/environment.hpp>

#include <cstdlib>

#include <unistd.h>

namespace tenon::bench {

namespace {

// An empty OPENBLAS_CORETYPE means Cooperlake to OpenBLAS, so empty counts as not set.
bool set_if_absent(char const* name, char const* value) {
  char const* const now = std::getenv(name);
  if (now != nullptr && *now != '\0') { return false; }
  return ::setenv(name, value, 1) == 0;
}

bool has_avx512() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") != 0;
#else
  return false;
#endif
}

}  // namespace

void settle_environment(char** arguments) {
  bool changed = set_if_absent("OPENBLAS_NUM_THREADS", "1");
  changed = set_if_absent("OMP_NUM_THREADS", "1") || changed;
  changed = set_if_absent("HL_NUM_THREADS", "1") || changed;
  if (has_avx512()) {
    // Debian's 0.3.21 takes its Haswell kernels on a Zen with AVX-512: half the speed.
    changed = set_if_absent("OPENBLAS_CORETYPE", "SkylakeX") || changed;
  }
  if (changed) { ::execv("/proc/self/exe", arguments); }
}

char const* openblas_kernels() {
  char const* const kernels = std::getenv("OPENBLAS_CORETYPE");
  return kernels != nullptr && *kernels != '\0' ? kernels : "its own choice";
}

}  // namespace tenon::bench
