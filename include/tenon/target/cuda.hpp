#pragma once

#include <tenon/target/cuda/kernel.hpp>
