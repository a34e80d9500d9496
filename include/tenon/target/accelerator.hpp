#pragma once

#include <tenon/target/accelerator/listing.hpp>
#include <tenon/target/accelerator/machine.hpp>
#include <tenon/target/accelerator/plan.hpp>
#include <tenon/target/accelerator/site.hpp>
#include <tenon/target/accelerator/statements.hpp>
#include <tenon/target/accelerator/stream.hpp>
#include <tenon/target/accelerator/timing.hpp>
#include <tenon/target/accelerator/waits.hpp>
