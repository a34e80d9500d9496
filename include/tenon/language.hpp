#pragma once

#include <tenon/language/activation.hpp>
#include <tenon/language/arithmetic.hpp>
#include <tenon/language/axis.hpp>
#include <tenon/language/call.hpp>
#include <tenon/language/cast.hpp>
#include <tenon/language/choice.hpp>
#include <tenon/language/expression.hpp>
#include <tenon/language/extent.hpp>
#include <tenon/language/mathematics.hpp>
#include <tenon/language/outside.hpp>
#include <tenon/language/reduce.hpp>
#include <tenon/language/reduction.hpp>
#include <tenon/language/stage.hpp>
#include <tenon/language/tensor.hpp>
