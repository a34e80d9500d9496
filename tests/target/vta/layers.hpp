#pragma once

#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include <tenon/target/vta/simulated.hpp>
#include <tenon/target/vta/timing.hpp>

#include "target/vta/convolution.hpp"
#include "target/vta/operators.hpp"

namespace tenon::vta {

/// The layer of that number in `resnet18`, as an operator with a schedule in the tiles that TVM's tuner found.
template <std::size_t N, bool Threads>
using operator_of = convolution_operator<resnet18[N].size, resnet18[N].channels, resnet18[N].outputs,
                                         resnet18[N].kernel, resnet18[N].stride, resnet18[N].padding,
                                         resnet18[N].tile_h, resnet18[N].tile_co, resnet18[N].threads_by_rows, Threads>;

/// What goes wrong with a layer's operator on the strict machine, or nothing.
template <std::size_t N, bool Threads>
std::string wrong_bytes_of_operator(std::uint64_t seed) {
  layer const& l = resnet18[N];
  layer_data const data = data_of(l);
  layer_memory const at(l);
  std::vector<std::uint8_t> const dram = layer_image(l, data, stream{.sizes = sizes_of<pynq>, .micro_op_base = 1024});
  std::vector<std::uint8_t> const expected = plain_convolution(l, data);
  auto const taken = [&]<class T>(T, std::int64_t from, std::int64_t count) {
    std::vector<T> made(static_cast<std::size_t>(count));
    std::memcpy(made.data(), dram.data() + from, made.size() * sizeof(T));
    return made;
  };
  auto const inputs = taken(std::int8_t{}, at.inputs, l.channels * l.size * l.size);
  auto const weights = taken(std::int8_t{}, at.weights, l.outputs * l.channels * l.kernel * l.kernel);
  auto const bias = taken(std::int32_t{}, at.bias, l.outputs);
  std::vector<std::int8_t> outputs(expected.size());
  try {
    simulated<operator_of<N, Threads>>{seed}(inputs, weights, bias, outputs);
  } catch (simulation_error const& seen) { return seen.what(); }
  for (std::size_t n = 0; n < expected.size(); ++n) {
    if (static_cast<std::uint8_t>(outputs[n]) != expected[n])
      return "byte " + std::to_string(n) + " of the outputs differs";
  }
  return {};
}

/// A line of a table: the cycles of a layer's operator with two virtual threads and with one, and over those of TVM's tuned schedule
/// on the Verilog.
template <std::size_t N>
std::string line_of_cycles() {
  layer const& l = resnet18[N];
  timing t{};
  std::int64_t const two = times_of(kernel<operator_of<N, true>>::stream(), t).total;
  t.read_latency = 34;  // what the figures without virtual threads were measured with
  std::int64_t const one = times_of(kernel<operator_of<N, false>>::stream(), t).total;
  std::ostringstream line{};
  auto const add = [&](std::int64_t ours, std::int64_t theirs) {
    line << std::setw(10) << ours << std::setw(10) << theirs << std::fixed << std::setprecision(3) << std::setw(8)
         << static_cast<double>(ours) / static_cast<double>(theirs);
  };
  line << std::left << std::setw(5) << l.name << std::right;
  add(two, l.rtl);
  add(one, l.rtl_single);
  return line.str() + "\n";
}

}  // namespace tenon::vta
