#pragma once

#include <tenon/language.hpp>
#include <tenon/lower/default_schedule.hpp>
#include <tenon/lower/pipeline.hpp>
#include <tenon/schedule.hpp>
