#pragma once

#include <cstdint>

#include <tenon/tenon.hpp>

#include "weights.hpp"

namespace fashion {

using namespace tenon;

/// A convolution of 3 x 3 with a ReLU, and the maximum of each 2 x 2 of its pixels, as one kernel. The image gets a
/// border of zeros, and becomes float, in a copy that stays near; so do the two rows of sums that a row of pools reads.
template <class Element, int Size, int In, int Out>
struct convolution_pool {
  static constexpr auto images = run_time<"images">;
  axis<"n", images> n;
  axis<"v", Size + 2> v;  axis<"u", Size + 2> u;      // pixels with the border
  axis<"y", Size> y;      axis<"x", Size> x;          // of the convolution
  axis<"p", Size / 2> p;  axis<"q", Size / 2> q;      // of the pool
  axis<"r", 3> r;  axis<"s", 3> s;  axis<"i", In> i;  axis<"o", Out> o;
  axis<"dy", 2> dy;  axis<"dx", 2> dx;
  tensor<"image", Element, images, Size, Size, In> image;
  tensor<"weight", float, 3, 3, In, Out> weight;
  tensor<"bias", float, Out> bias;
  temporary<"framed", float, images, Size + 2, Size + 2, In> framed;
  temporary<"sums", float, images, Size, Size, Out> sums;
  tensor<"out", float, images, Size / 2, Size / 2, Out> out;

  constexpr auto define() const {
    return stages(framed(n, v, u, i) = cast<float>(or_zero(image(n, v - 1, u - 1, i))),
                  sums(n, y, x, o) = sum(r, s, i, framed(n, y + r, x + s, i) * weight(r, s, i, o)),
                  out(n, p, q, o) = relu(maximum(dy, dx, sums(n, 2 * p + dy, 2 * q + dx, o)) + bias(o)));
  }

  constexpr auto schedule(cpu_target target) const {
    int const pixels = target.vector_registers < 32 ? 7 : 14;  // a tile of pixels x two vectors stays in registers
    return steps(compute_at(sums, p), compute_at(framed, out[n]),
                 split(x, pixels), split(sums[o], 2 * target.lanes<float>()),
                 reorder(y, x.outer, sums[o.outer], r, s, sums[i], x.inner, sums[o.inner]),
                 unroll(x.inner), vectorize(sums[o.inner]),
                 unroll(dy), unroll(dx), vectorize(out[o]), vectorize(In == 1 ? framed[u] : framed[i]),
                 parallel(out[n]));
  }
};

/// A dense layer with a ReLU.
template <int In, int Out>
struct dense_relu {
  static constexpr auto images = run_time<"images">;
  axis<"n", images> n;  axis<"j", Out> j;  axis<"k", In> k;
  tensor<"x", float, images, In> x;
  tensor<"weight", float, In, Out> weight;
  tensor<"bias", float, Out> bias;
  tensor<"y", float, images, Out> y;

  constexpr auto define() const { return y(n, j) = relu(sum(k, x(n, k) * weight(k, j)) + bias(j)); }

  constexpr auto schedule(cpu_target target) const {
    return steps(split(n, 10, tail::peel), split(j, 2 * target.lanes<float>()),  // 10 images read each weight once
                 reorder(n.outer, j.outer, k, n.inner, j.inner), unroll(n.inner), vectorize(j.inner),
                 parallel(n.outer));
  }
};

/// The last dense layer, and the class that it finds likeliest.
template <int In, int Classes>
struct dense_argmax {
  static constexpr auto images = run_time<"images">;
  axis<"n", images> n;  axis<"j", Classes> j;  axis<"k", In> k;
  tensor<"x", float, images, In> x;
  tensor<"weight", float, In, Classes> weight;
  tensor<"bias", float, Classes> bias;
  temporary<"likely", float, images, Classes> likely;
  tensor<"label", std::int64_t, images> label;

  constexpr auto define() const {
    return stages(likely(n, j) = sum(k, x(n, k) * weight(k, j)) + bias(j), label(n) = argmax(j, likely(n, j)));
  }

  constexpr auto schedule(cpu_target) const {
    return steps(compute_at(likely, label[n]), reorder(k, likely[j]), vectorize(likely[j]), parallel(label[n]));
  }
};

/// The layers of the network.
using convolution_1 = convolution_pool<std::uint8_t, size, 1, first>;
using convolution_2 = convolution_pool<float, size / 2, first, second>;
using dense_3 = dense_relu<flat, hidden>;
using dense_4 = dense_argmax<hidden, classes>;

}  // namespace fashion
