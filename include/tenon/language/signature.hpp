#pragma once

#include <cstdint>

#include <tenon/ir/program.hpp>
#include <tenon/language/argument.hpp>

namespace tenon {

/// What a kernel expects of one argument.
struct expectation {
  label name{};
  element type = element::none;
  std::uint8_t rank = 0;
  bool written = false;
  bool strided = false;        // the outer strides may be any; else the data are dense and row-major
  bool in_place = false;       // written, and may be the very same memory as an argument that is read
  std::int32_t alignment =
      0;  // bytes that the first element, and each row if strided, is aligned to; 0: the element's own
  std::int64_t extents[8]{};   // of a dimension whose `parameters` is 0; else what is added to the run-time extent
  std::uint8_t parameters[8]{};  // the run-time extent of a dimension, by its place in `signature::parameters`
};

/// What a kernel expects of the arguments of a call, and the extents it learns from them. Parameter 0 is none.
struct signature {
  static_vector<expectation, 24> arguments{};
  static_vector<ir::parameter, 12> parameters{};
};

/// What kernels made of this program expect.
constexpr signature signature_of(ir::program const& p) {
  signature made{};
  for (ir::parameter const& each : p.parameters) made.parameters.push_back(each);
  for (std::size_t at = 1; at <= p.arguments; ++at) {
    ir::buffer const& b = p.buffers[at];
    expectation e{.name = b.name,
                  .type = b.type,
                  .rank = b.rank,
                  .written = ir::is_written(b.use),
                  .strided = b.strided,
                  .alignment = b.alignment};
    for (int d = 0; d < b.rank; ++d) {
      ir::node const& extent = p[b.extents[d]];
      bool const more = extent.what == ir::op::add;
      ir::node const& named = more ? p[extent.a] : extent;
      ensure(named.what == ir::op::parameter || (!more && named.what == ir::op::constant));
      if (named.what == ir::op::parameter) e.parameters[d] = static_cast<std::uint8_t>(named.parameter());
      e.extents[d] = more ? p[extent.b].value : named.what == ir::op::constant ? named.value : 0;
    }
    made.arguments.push_back(e);
  }
  return made;
}

}  // namespace tenon
