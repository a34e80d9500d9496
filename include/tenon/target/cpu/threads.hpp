#pragma once

#include <cstdio>
#include <cstdlib>

#include <sched.h>
#include <unistd.h>

namespace tenon::cpu {

/// The most threads that a pool has.
inline constexpr int max_threads = 1024;

/// The processors that this process may run on.
inline int available_processors() {
#if defined(CPU_COUNT)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
  long const online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<int>(online) : 1;
}

/// A number of threads as a user writes it, or 0 if it is none from 1 to `max_threads`.
inline int threads_in(char const* words) {
  int number = 0;
  if (*words == '\0') return 0;
  for (; *words != '\0'; ++words) {
    if (*words < '0' || *words > '9') return 0;
    number = number * 10 + (*words - '0');
    if (number > max_threads) return 0;
  }
  return number;
}

/// How many threads kernels use if nobody says otherwise: TENON_THREADS of the environment, else one for each processor.
inline int default_threads() {
  if (char const* const words = std::getenv("TENON_THREADS")) {
    if (int const number = threads_in(words)) return number;
    std::fprintf(stderr, "tenon: TENON_THREADS is \"%s\", expected a number from 1 to %d; it is ignored\n", words,
                 max_threads);
  }
  int const processors = available_processors();
  return processors < max_threads ? processors : max_threads;
}

}  // namespace tenon::cpu
