#pragma once

#include <tenon/target/cpu/executor.hpp>
#include <tenon/target/cpu/kernel.hpp>
#include <tenon/target/cpu/thread_pool.hpp>
#include <tenon/target/cpu/workspace.hpp>
