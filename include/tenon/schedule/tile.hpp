#pragma once

#include <cstdint>

#include <tenon/schedule/reorder.hpp>
#include <tenon/schedule/schedule.hpp>
#include <tenon/schedule/split.hpp>

namespace tenon {

/// Cuts two loops into tiles: both are split, and the order is `i.outer`, `j.outer`, `i.inner`, `j.inner`.
constexpr schedule tile(loop_name const& i, loop_name const& j, std::int64_t rows, std::int64_t columns,
                        tail policy = tail::exact) {
  nested_loop<1> const down{i};
  nested_loop<1> const along{j};
  return steps(split(i, rows, policy), split(j, columns, policy),
               reorder(down.outer, along.outer, down.inner, along.inner));
}

}  // namespace tenon
