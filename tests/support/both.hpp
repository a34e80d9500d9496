#pragma once

#include <doctest/doctest.h>

/// Asserts a constexpr property in the compiler and checks it again in the runner, where sanitizers look on.
/// The argument is a call of a constexpr function whose name is the property, `CHECK_BOTH(keeps_every_iteration())`.
#if defined(TENON_TEST_IN_RUNNER_ONLY)
// Suites that compilers have asserted already: under sanitizers, and on the single header.
#define CHECK_BOTH(...) CHECK((__VA_ARGS__))
#else
#define CHECK_BOTH(...)           \
  do {                            \
    static_assert((__VA_ARGS__)); \
    CHECK((__VA_ARGS__));         \
  } while (false)
#endif

/// Checks a constexpr property in the runner only: for what is too long for the compilers' default limits.
#define CHECK_RUN(...) CHECK((__VA_ARGS__))
