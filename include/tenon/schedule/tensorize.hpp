#pragma once

#include <tenon/schedule/step.hpp>

namespace tenon {

/// The loop and all under it are done by one instruction of the machine, which has to compute exactly that.
///
///     tensorize(j.inner, "vnni_dot4")
constexpr step tensorize(loop_name const& loop, label const& instruction) {
  step s{.what = action::tensorize, .word = instruction};
  s.loops.push_back(loop);
  return s;
}

}  // namespace tenon
