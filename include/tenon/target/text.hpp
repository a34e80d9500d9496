#pragma once

#include <tenon/target/text/cost_table.hpp>
#include <tenon/target/text/history.hpp>
#include <tenon/target/text/html_page.hpp>
#include <tenon/target/text/loop_nest.hpp>
#include <tenon/target/text/memory_map.hpp>
#include <tenon/target/text/steps_report.hpp>
