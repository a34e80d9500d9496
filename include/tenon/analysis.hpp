#pragma once

#include <tenon/analysis/bounds.hpp>
#include <tenon/analysis/box.hpp>
#include <tenon/analysis/cost.hpp>
#include <tenon/analysis/coverage.hpp>
#include <tenon/analysis/interval.hpp>
#include <tenon/analysis/positive.hpp>
#include <tenon/analysis/proof.hpp>
#include <tenon/analysis/races.hpp>
