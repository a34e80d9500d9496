#pragma once

#include <tenon/target/vta/configuration.hpp>
#include <tenon/target/vta/disassembly.hpp>
#include <tenon/target/vta/encode.hpp>
#include <tenon/target/vta/fields.hpp>
#include <tenon/target/vta/flaw.hpp>
#include <tenon/target/vta/instruction.hpp>
#include <tenon/target/vta/simulator.hpp>
#include <tenon/target/vta/spell.hpp>
#include <tenon/target/vta/stream.hpp>
