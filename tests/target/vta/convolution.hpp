#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/target/vta/builder.hpp>
#include <tenon/target/vta/simulator.hpp>
#include <tenon/target/vta/stream.hpp>

#include "target/vta/dice.hpp"

namespace tenon::vta {

/// A convolution of ResNet-18 with TVM's tuned schedule, and the cycles of the hardware's Verilog for it.
struct layer {
  std::string_view name;
  int size, channels, outputs, kernel, stride, padding;
  int tile_h, tile_w, tile_co;  // rows, columns and channel blocks of an output tile
  bool threads_by_rows;         // what the two virtual threads share out: tiles of rows, or of channels
  std::int64_t rtl, rtl_single; // with two virtual threads, and without

  constexpr int out_size() const { return (size + 2 * padding - kernel) / stride + 1; }
  constexpr int in_blocks() const { return channels / 16; }
  constexpr int out_blocks() const { return outputs / 16; }
  constexpr int halo(int tile) const { return (tile - 1) * stride + kernel; }
  constexpr std::int64_t steps() const {
    return std::int64_t{out_size()} * out_size() * in_blocks() * out_blocks() * kernel * kernel;
  }
};

// clang-format off
inline constexpr layer resnet18[] = {
    {"C2",  56,  64,  64, 3, 1, 1,  8, 56,  2, false, 579'942,   723'746},
    {"C3",  56,  64, 128, 3, 2, 1,  7, 28,  4, false, 295'304,   427'170},
    {"C4",  56,  64, 128, 1, 2, 0,  7, 28,  4, true,  135'518,   166'814},
    {"C5",  28, 128, 128, 3, 1, 1, 14, 28,  2, true,  519'656,   697'218},
    {"C6",  28, 128, 256, 3, 2, 1, 14, 14,  4, false, 265'372,   429'928},
    {"C7",  28, 128, 256, 1, 2, 0,  7, 14,  8, false, 103'354,   133'770},
    {"C8",  14, 256, 256, 3, 1, 1, 14, 14,  4, false, 489'966,   719'432},
    {"C9",  14, 256, 512, 3, 2, 1,  7,  7, 16, false, 380'324,   596'042},
    {"C10", 14, 256, 512, 1, 2, 0,  7,  7, 16, false, 107'500,   137'118},
    {"C11",  7, 512, 512, 3, 1, 1,  7,  7, 16, false, 693'922, 1'137'852},
};
// clang-format on

/// One small enough for the compiler.
inline constexpr layer small_layer{"small", 4, 32, 32, 3, 1, 1, 4, 4, 1, false, 0, 0};

/// Where a layer's tensors lie in DRAM, in bytes.
struct layer_memory {
  std::int64_t micro_ops = 4096, inputs = 0, weights = 0, bias = 0, outputs = 0, end = 0;

  constexpr explicit layer_memory(layer const& l) {
    auto const pages = [](std::int64_t bytes) { return (bytes + 4095) / 4096 * 4096; };
    inputs = micro_ops + 4 * 8192;
    weights = inputs + pages(std::int64_t{l.channels} * l.size * l.size);
    bias = weights + pages(std::int64_t{l.channels} * l.outputs * l.kernel * l.kernel);
    outputs = bias + pages(4 * l.outputs);
    end = outputs + pages(std::int64_t{l.outputs} * l.out_size() * l.out_size());
  }
};

/// A layer as a stream: reset, GEMM over channel blocks, shift by 8, bias, clip to 0 ... 127, store. `threads` copies of a tile's loop
/// body, each with regions of its own, follow each other.
constexpr stream convolution(layer const& l, int threads) {
  layer_memory const at(l);
  configuration const& c = sizes_of<pynq>;
  builder b(c, at.micro_ops / 4);
  int const tile_elements = l.tile_co * l.tile_h * l.tile_w, out = l.out_size(), in_h = l.halo(l.tile_h),
            in_w = l.halo(l.tile_w);
  int const row_tiles = out / l.tile_h, column_tiles = out / l.tile_w, channel_tiles = l.out_blocks() / l.tile_co;
  struct tile {
    int h = 0, w = 0, co = 0;
    int inp = 0, wgt = 0, acc = 0, bias = 0;
  };
  auto const each_block = [&](int dst, int src, int src_step) {
    std::vector<micro_op> ops{};
    for (int co = 0; co < l.tile_co; ++co) ops.push_back({dst + co * l.tile_h * l.tile_w, src + co * src_step, 0});
    return ops;
  };
  loops const over_tile{.out = l.tile_h, .in = l.tile_w, .dst_out = l.tile_w, .dst_in = 1};
  auto const body = [&](std::vector<tile> const& group) {
    for (tile const& t : group) b.reset(each_block(t.acc, 0, 0), over_tile);
    for (int ci = 0; ci < l.in_blocks(); ++ci) {
      for (tile const& t : group) {
        int const y = t.h * l.tile_h * l.stride - l.padding, x = t.w * l.tile_w * l.stride - l.padding;
        int const top = y < 0 ? -y : 0, left = x < 0 ? -x : 0;
        int const bottom = y + in_h > l.size ? y + in_h - l.size : 0, right = x + in_w > l.size ? x + in_w - l.size : 0;
        b.load(memory::inp, t.inp,
               {.dram = at.inputs / 16 + (std::int64_t{ci} * l.size + y + top) * l.size + x + left,
                .rows = in_h - top - bottom,
                .columns = in_w - left - right,
                .stride = l.size,
                .top = top,
                .bottom = bottom,
                .left = left,
                .right = right});
        int const square = l.kernel * l.kernel;
        b.load(memory::wgt, t.wgt,
               {.dram = at.weights / 256 + (std::int64_t{t.co} * l.tile_co * l.in_blocks() + ci) * square,
                .rows = l.tile_co,
                .columns = square,
                .stride = l.in_blocks() * square});
      }
      for (tile const& t : group) {
        std::vector<micro_op> ops{};
        for (int kh = 0; kh < l.kernel; ++kh) {
          for (int co = 0; co < l.tile_co; ++co) {
            for (int h = 0; h < l.tile_h; ++h) {
              ops.push_back({t.acc + (co * l.tile_h + h) * l.tile_w, t.inp + (h * l.stride + kh) * in_w,
                             t.wgt + (co * l.kernel + kh) * l.kernel});
            }
          }
        }
        b.gemm(ops, {.out = l.tile_w, .in = l.kernel, .dst_out = 1, .src_out = l.stride, .src_in = 1, .wgt_in = 1});
      }
    }
    for (tile const& t : group) {
      std::vector<micro_op> const in_place = each_block(t.acc, t.acc, l.tile_h * l.tile_w);
      b.alu_immediate(alu::shr, 8, in_place, over_tile);
      b.load(memory::acc, t.bias, {.dram = at.bias / 64 + t.co * l.tile_co, .columns = l.tile_co});
      b.alu(alu::add, each_block(t.acc, t.bias, 1), over_tile);
      b.alu_immediate(alu::min, 127, in_place, over_tile);
      b.alu_immediate(alu::max, 0, in_place, over_tile);
      for (int co = 0; co < l.tile_co; ++co) {
        std::int64_t const row = (std::int64_t{t.co * l.tile_co + co} * out + t.h * l.tile_h) * out;
        b.store(t.acc + co * l.tile_h * l.tile_w,
                {.dram = at.outputs / 16 + row + t.w * l.tile_w, .rows = l.tile_h, .columns = l.tile_w, .stride = out});
      }
    }
  };
  std::vector<tile> group{};
  int const h_step = l.threads_by_rows ? threads : 1, co_step = l.threads_by_rows ? 1 : threads;
  for (int h = 0; h < row_tiles; h += h_step) {
    for (int co = 0; co < channel_tiles; co += co_step) {
      for (int w = 0; w < column_tiles; ++w) {
        group.clear();
        for (int t = 0; t < threads; ++t) {
          int const acc = t * (tile_elements + l.tile_co);
          group.push_back({.h = h + (l.threads_by_rows ? t : 0),
                           .w = w,
                           .co = co + (l.threads_by_rows ? 0 : t),
                           .inp = t * in_h * in_w,
                           .wgt = t * l.tile_co * l.kernel * l.kernel,
                           .acc = acc,
                           .bias = acc + tile_elements});
        }
        body(group);
      }
    }
  }
  return b.finish();
}

/// The contents of a layer's tensors.
struct layer_data {
  std::vector<std::int8_t> inputs{}, weights{};  // channels, rows, columns; outputs, channels, rows, columns
  std::vector<std::int32_t> bias{};
};

/// Random contents of a layer's tensors.
inline layer_data data_of(layer const& l) {
  dice d{.state = 7};
  layer_data made{};
  for (int n = 0; n < l.channels * l.size * l.size; ++n)
    made.inputs.push_back(static_cast<std::int8_t>(d.below(256) - 128));
  for (int n = 0; n < l.outputs * l.channels * l.kernel * l.kernel; ++n) {
    made.weights.push_back(static_cast<std::int8_t>(d.below(25) - 12));
  }
  for (int n = 0; n < l.outputs; ++n) made.bias.push_back(static_cast<std::int32_t>(d.below(101) - 50));
  return made;
}

/// The tensors in DRAM, in blocks of 16 channels.
inline std::vector<std::uint8_t> layer_image(layer const& l, layer_data const& data, stream const& s) {
  layer_memory const at(l);
  std::vector<std::uint8_t> dram(static_cast<std::size_t>(at.end));
  write_micro_ops(s, dram);
  int const pixels = l.size * l.size, square = l.kernel * l.kernel;
  std::size_t from = 0;
  for (int ch = 0; ch < l.channels; ++ch) {
    for (int p = 0; p < pixels; ++p) {
      dram[static_cast<std::size_t>(at.inputs + (std::int64_t{ch / 16} * pixels + p) * 16 + ch % 16)] =
          static_cast<std::uint8_t>(data.inputs[from++]);
    }
  }
  from = 0;
  for (int o = 0; o < l.outputs; ++o) {
    for (int ch = 0; ch < l.channels; ++ch) {
      for (int k = 0; k < square; ++k) {
        std::int64_t const element = (std::int64_t{o / 16} * l.in_blocks() + ch / 16) * square + k;
        dram[static_cast<std::size_t>(at.weights + element * 256 + o % 16 * 16 + ch % 16)] =
            static_cast<std::uint8_t>(data.weights[from++]);
      }
    }
    for (int byte = 0; byte < 4; ++byte) {
      dram[static_cast<std::size_t>(at.bias + 4 * o + byte)] =
          static_cast<std::uint8_t>(static_cast<std::uint32_t>(data.bias[static_cast<std::size_t>(o)]) >> (8 * byte));
    }
  }
  return dram;
}

/// The convolution, plainly, in the order in which the outputs lie in DRAM.
inline std::vector<std::uint8_t> plain_convolution(layer const& l, layer_data const& data) {
  int const out = l.out_size();
  std::vector<std::uint8_t> made(static_cast<std::size_t>(l.outputs * out * out));
  std::vector<std::int32_t> sums(static_cast<std::size_t>(out * out));
  for (int o = 0; o < l.outputs; ++o) {
    sums.assign(sums.size(), 0);
    for (int ch = 0; ch < l.channels; ++ch) {
      for (int kh = 0; kh < l.kernel; ++kh) {
        for (int kw = 0; kw < l.kernel; ++kw) {
          int const weight =
              data.weights[static_cast<std::size_t>(((o * l.channels + ch) * l.kernel + kh) * l.kernel + kw)];
          for (int y = 0; y < out; ++y) {
            int const from_y = y * l.stride + kh - l.padding;
            if (from_y < 0 || from_y >= l.size) continue;
            for (int x = 0; x < out; ++x) {
              int const from_x = x * l.stride + kw - l.padding;
              if (from_x < 0 || from_x >= l.size) continue;
              sums[static_cast<std::size_t>(y * out + x)] +=
                  weight * data.inputs[static_cast<std::size_t>((ch * l.size + from_y) * l.size + from_x)];
            }
          }
        }
      }
    }
    for (int p = 0; p < out * out; ++p) {
      int const value = (sums[static_cast<std::size_t>(p)] >> 8) + data.bias[static_cast<std::size_t>(o)];
      made[static_cast<std::size_t>((o / 16 * out * out + p) * 16 + o % 16)] =
          static_cast<std::uint8_t>(value < 0     ? 0
                                    : value > 127 ? 127
                                                  : value);
    }
  }
  return made;
}

/// What goes wrong with a layer on the machine, or nothing: the stream is refused or a byte of the outputs is another.
inline std::string wrong_bytes(layer const& l, int threads, mode how, std::uint64_t seed) {
  stream const s = convolution(l, threads);
  layer_data const data = data_of(l);
  std::vector<std::uint8_t> dram = layer_image(l, data, s);
  simulator machine(s.sizes, how);
  if (refusal const no = machine.run(s.instructions, dram, seed)) return std::string(std::string_view(no.sentence));
  std::vector<std::uint8_t> const expected = plain_convolution(l, data);
  auto const from = static_cast<std::size_t>(layer_memory(l).outputs);
  int zeros = 0, clipped = 0;
  for (std::size_t n = 0; n < expected.size(); ++n) {
    if (dram[from + n] != expected[n]) return "byte " + std::to_string(n) + " of the outputs differs";
    zeros += expected[n] == 0 ? 1 : 0;
    clipped += expected[n] == 127 ? 1 : 0;
  }
  // Data that is clipped away would hide mistakes.
  auto const enough = static_cast<int>(expected.size() / 4);
  return expected.size() - static_cast<std::size_t>(zeros + clipped) > static_cast<std::size_t>(enough)
             ? ""
             : "nearly all is clipped";
}

}  // namespace tenon::vta
