#pragma once

#include <tenon/target/cuda/execute/copy.hpp>
#include <tenon/target/cuda/execute/facts.hpp>
#include <tenon/target/cuda/execute/memory.hpp>
#include <tenon/target/cuda/execute/scalar_math.hpp>
#include <tenon/target/cuda/execute/statement.hpp>
#include <tenon/target/cuda/execute/value.hpp>
