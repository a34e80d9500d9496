#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <tenon/target/vta/instruction.hpp>

namespace tenon::vta {

/// What the five SRAMs hold, number by number. They grow as they are written; what lies behind their end is zero.
struct memories {
  std::vector<micro_op> uop{};
  std::vector<std::int8_t> inp{}, wgt{}, out{};
  std::vector<std::int32_t> acc{};
};

/// Makes room for indices below `end`.
template <class T>
constexpr void grow(std::vector<T>& v, std::int64_t end) {
  auto const wanted = static_cast<std::size_t>(end);
  if (v.size() >= wanted) return;
  if (!std::is_constant_evaluated()) return v.resize(wanted);
  while (v.size() < wanted) v.push_back(T{});  // clang 19 cannot evaluate the resize of libstdc++ 12
}

}  // namespace tenon::vta
