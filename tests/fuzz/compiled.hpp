#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <tenon/tenon.hpp>

#include "support/kernels.hpp"

namespace tenon::fuzz {

/// Holds the kernel of an operator to what it means. One whose steps are refused has no kernel: what the language stages may
/// differ from what the steps were tried on.
template <class Op>
bool holds(std::vector<std::int64_t> const& parameters) {
  if constexpr (cpu::refused<Op>.empty()) {
    if (cpu::detail::largest_isa() > cpu::machine_isa()) {
      MESSAGE("skipped: this machine has no " << cpu::facts_of(cpu::detail::largest_isa()).name);
      return true;
    }
    for (unsigned seed : {1u, 2u}) {
      std::string const wrong = kernels::disagreement<Op>(parameters, seed);
      CHECK_MESSAGE(wrong.empty(), wrong);
    }
    return true;
  } else {
    MESSAGE("refused: " << std::string(std::string_view(cpu::refused<Op>)));
    return false;
  }
}

}  // namespace tenon::fuzz

#define HOLD_KERNEL(type, ...) tenon::fuzz::holds<type>(__VA_ARGS__)
