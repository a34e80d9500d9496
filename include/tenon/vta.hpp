#pragma once

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>
#include <tenon/target/vta.hpp>
