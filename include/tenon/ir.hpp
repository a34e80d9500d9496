#pragma once

#include <tenon/ir/apply.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/clone.hpp>
#include <tenon/ir/cpp_type.hpp>
#include <tenon/ir/element.hpp>
#include <tenon/ir/evaluate.hpp>
#include <tenon/ir/find.hpp>
#include <tenon/ir/linear.hpp>
#include <tenon/ir/node.hpp>
#include <tenon/ir/op.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/ir/spell.hpp>
#include <tenon/ir/uses.hpp>
#include <tenon/ir/verify.hpp>
