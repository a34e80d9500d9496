#pragma once

#include <tenon/support/names.hpp>

/// Names of loops, as tests of passes write them where an operator would have axes.
namespace tenon {

constexpr nested_loop<3> loop(label name) { return nested_loop<3>{loop_name{.loop = name}}; }
constexpr nested_loop<3> loop(label stage, label name) { return nested_loop<3>{loop_name{stage, name}}; }

}  // namespace tenon
