#pragma once

#include <tenon/support/refusal.hpp>
#include <tenon/target/vta/check_loops.hpp>
#include <tenon/target/vta/check_tokens.hpp>
#include <tenon/target/vta/stream.hpp>

namespace tenon::vta {

/// Proves a stream, or says what is wrong with it: each instruction by itself, then the tokens.
constexpr refusal check_stream(stream const& s) {
  refusal const no = check_loops(s);
  return no ? no : check_tokens(s);
}

}  // namespace tenon::vta
