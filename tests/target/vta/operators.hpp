#pragma once

#include <cstdint>

#include <tenon/language.hpp>
#include <tenon/schedule.hpp>
#include <tenon/target/vta/machine.hpp>

/// Operators with schedules for VTA.
namespace tenon::vta {

/// Shifted, with a bias, and clipped to what a byte holds.
template <class Sum, class Bias>
constexpr auto requantised(Sum const& sum, Bias const& bias, int shift) {
  return cast<std::int8_t>(max(min((sum >> shift) + bias, 127), 0));
}

/// y = requantised(x * w^T + b): M rows, N outputs, K inputs, in tiles of TM x TN x TK.
template <int M, int N, int K, int TM, int TN, int TK, bool Threads = false>
struct dense {
  axis<"i", M> i;
  axis<"ob", N / 16> ob;
  axis<"o", 16> o;
  axis<"kb", K / 16> kb;
  axis<"k", 16> k;
  tensor<"x", std::int8_t, M, K / 16, 16> x;
  tensor<"w", std::int8_t, N / 16, K / 16, 16, 16> w;
  tensor<"b", std::int32_t, N / 16, 16> b;
  tensor<"y", std::int8_t, M, N / 16, 16> y;

  constexpr auto define() const {
    auto const total = sum(kb, k, cast<std::int32_t>(x(i, kb, k)) * cast<std::int32_t>(w(ob, kb, o, k)));
    return y(i, ob, o) = requantised(total, b(ob, o), 6);
  }

  constexpr auto schedule(vta_target) const {
    loop_name const column = Threads ? loop_name(ob.outer.inner) : loop_name(ob.outer);
    tenon::schedule plan = steps(split(i, TM), split(ob, TN / 16), split(kb, TK / 16));
    if (Threads) {
      plan += split(ob.outer, 2);
      plan += reorder(i.outer, ob.outer.outer, column, kb.outer, kb.inner, ob.inner, i.inner, o);
    } else {
      plan += reorder(i.outer, column, kb.outer, kb.inner, ob.inner, i.inner, o);
    }
    plan += cache(x, kb.outer, order(i.inner, kb.inner, k), inp);
    plan += cache(w, kb.outer, order(ob.inner, kb.inner, o, k), wgt);
    plan += cache(b, column, order(ob.inner, o), acc);
    plan += place(accumulator(y), acc);
    plan += in_place(y);
    plan += tensorize(cached(x)[i.inner], "load_inp");
    plan += tensorize(cached(w)[ob.inner], "load_wgt");
    plan += tensorize(cached(b)[ob.inner], "load_acc");
    plan += tensorize(y[ob.inner], "reset");
    plan += tensorize(y[kb.inner], "gemm");
    plan += tensorize(y[ob.inner], "shr_imm");
    plan += tensorize(y[ob.inner], "add");
    plan += tensorize(y[ob.inner], "min_imm");
    plan += tensorize(y[ob.inner], "max_imm");
    plan += tensorize(y[ob.inner], "store");
    if (Threads) plan += virtual_thread(column);
    return plan;
  }
};

/// A convolution of a square image: its channels in blocks of 16, a kernel of K x K, stride S, P zeros around; in tiles of `Rows` rows
/// and `Channels` blocks of output channels. Of two virtual threads each has its rows (`ByRows`) or its channels.
template <int Size, int In, int Out, int K, int S, int P, int Rows, int Channels, bool ByRows, bool Threads>
struct convolution_operator {
  static constexpr int out_size = (Size + 2 * P - K) / S + 1;
  axis<"co", Out / 16> co;
  axis<"h", out_size> h;
  axis<"w", out_size> w;
  axis<"o", 16> o;
  axis<"ci", In / 16> ci;
  axis<"kh", K> kh;
  axis<"kw", K> kw;
  axis<"c", 16> c;
  axis<"ph", Size + 2 * P> ph;
  axis<"pw", Size + 2 * P> pw;
  tensor<"x", std::int8_t, In / 16, Size, Size, 16> x;
  tensor<"f", std::int8_t, Out / 16, In / 16, K, K, 16, 16> f;
  tensor<"b", std::int32_t, Out / 16, 16> b;
  tensor<"y", std::int8_t, Out / 16, out_size, out_size, 16> y;
  temporary<"padded", std::int8_t, In / 16, Size + 2 * P, Size + 2 * P, 16> padded;

  constexpr auto define() const {
    auto const total =
        sum(ci, kh, kw, c,
            cast<std::int32_t>(padded(ci, S * h + kh, S * w + kw, c)) * cast<std::int32_t>(f(co, ci, kh, kw, o, c)));
    return stages(padded(ci, ph, pw, c) = or_zero(x(ci, ph - P, pw - P, c)),
                  y(co, h, w, o) = requantised(total, b(co, o), 8));
  }

  constexpr auto schedule(vta_target) const {
    loop_name const thread = ByRows ? loop_name(h.outer.inner) : loop_name(co.outer.inner);
    tenon::schedule plan = steps(split(co, Channels), split(h, Rows));
    if (ByRows) {
      plan += split(h.outer, 2);
      plan += reorder(h.outer.outer, co.outer, thread, y[ci], kh, kw, co.inner, h.inner, w, o);
    } else {
      plan += split(co.outer, 2);
      plan += reorder(h.outer, co.outer.outer, thread, y[ci], kh, kw, co.inner, h.inner, w, o);
    }
    plan += compute_at(padded, y[ci]);
    plan += place(padded, inp);
    plan += cache(f, y[ci], order(co.inner, kh, kw, o, c), wgt);
    plan += cache(b, thread, order(co.inner, o), acc);
    plan += place(accumulator(y), acc);
    plan += in_place(y);
    plan += tensorize(padded[ci], "load_inp");
    plan += tensorize(cached(f)[co.inner], "load_wgt");
    plan += tensorize(cached(b)[co.inner], "load_acc");
    plan += tensorize(y[co.inner], "reset");
    plan += tensorize(y[kh], "gemm");
    plan += tensorize(y[co.inner], "shr_imm");
    plan += tensorize(y[co.inner], "add");
    plan += tensorize(y[co.inner], "min_imm");
    plan += tensorize(y[co.inner], "max_imm");
    plan += tensorize(y[co.inner], "store");
    if (Threads) plan += virtual_thread(thread);
    return plan;
  }
};

}  // namespace tenon::vta
