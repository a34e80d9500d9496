#pragma once

#include <bit>
#include <cstdint>

namespace tenon::math {

/// What is left of a large angle when quarter turns are taken away: between -pi/4 and pi/4, with the part beyond its last
/// place, and the quarter turns modulo four.
struct small_angle {
  double r;
  double tail;
  unsigned quarters;
};

namespace detail {

// The digits of 2/pi after the point, behind 64 zeros.
inline constexpr std::uint64_t two_over_pi[] = {0,
                                                0xa2f9836e4e441529,
                                                0xfc2757d1f534ddc0,
                                                0xdb6295993c439041,
                                                0xfe5163abdebbc561,
                                                0xb7246e3a424dd2e0,
                                                0x06492eea09d1921c,
                                                0xfe1deb1cb129a73e,
                                                0xe88235f52ebb4484,
                                                0xe99c7026b45f7e41,
                                                0x3991d639835339f4,
                                                0x9c845f8bbdf9283b,
                                                0x1ff897ffde05980f,
                                                0xef2f118b5a0a6d1f,
                                                0x6d367ecf27cb09b7,
                                                0x4f463f669e5fea2d,
                                                0x7527bac7ebe5f17b,
                                                0x3d0739f78a5292ea,
                                                0x6bfb5fb11f8d5d08,
                                                0x56033046fc7b6bab,
                                                0xf0cfbc209af4361d};

// 64 digits, of which the first is worth 2^-place; place is at least -62.
constexpr std::uint64_t digits_from(int place) {
  int const at = place + 63;
  int const word = at / 64;
  int const shift = at % 64;
  std::uint64_t const front = two_over_pi[word] << shift;
  return shift == 0 ? front : front | (two_over_pi[word + 1] >> (64 - shift));
}

struct words {
  std::uint64_t hi;
  std::uint64_t lo;
};

constexpr words multiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t const a0 = a & 0xffffffffU;
  std::uint64_t const a1 = a >> 32;
  std::uint64_t const b0 = b & 0xffffffffU;
  std::uint64_t const b1 = b >> 32;
  std::uint64_t const low = a0 * b0;
  std::uint64_t const middle = a1 * b0 + (low >> 32);
  std::uint64_t const other = a0 * b1 + (middle & 0xffffffffU);
  return {a1 * b1 + (middle >> 32) + (other >> 32), (other << 32) | (low & 0xffffffffU)};
}

constexpr double power_of_two(int n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }

}  // namespace detail

/// Takes the quarter turns from a finite angle of at least one half, however large, without loss.
constexpr small_angle take_quarters_of_large(double x) {
  using namespace detail;
  std::uint64_t const bits = std::bit_cast<std::uint64_t>(x);
  bool const negative = (bits >> 63) != 0;
  int const exponent = static_cast<int>((bits >> 52) & 0x7ff) - 1075;
  std::uint64_t const m = (bits & 0xfffffffffffffULL) | 0x10000000000000ULL;

  // m * 2^exponent * 2/pi modulo four: digits worth more than that are not looked at. 192 bits, two of them before the point.
  int const place = exponent - 1;
  words const p0 = multiply(m, digits_from(place));
  words const p1 = multiply(m, digits_from(place + 64));
  words const p2 = multiply(m, digits_from(place + 128));
  std::uint64_t w1 = p1.lo + p2.hi;
  std::uint64_t w2 = p0.lo + p1.hi + (w1 < p1.lo ? 1U : 0U);
  std::uint64_t w0 = p2.lo;
  unsigned quarters = static_cast<unsigned>(w2 >> 62);
  w2 = (w2 << 2) | (w1 >> 62);
  w1 = (w1 << 2) | (w0 >> 62);
  w0 <<= 2;

  // To the nearest quarter: a fraction above one half counts from the next.
  bool const beyond = (w2 >> 63) != 0;
  if (beyond) {
    ++quarters;
    w0 = ~w0;
    w1 = ~w1;
    w2 = ~w2;
  }
  int place_of_first = 0;
  if (w2 == 0) {
    w2 = w1;
    w1 = w0;
    w0 = 0;
    place_of_first = 64;
  }
  int const zeros = std::countl_zero(w2);
  if (zeros > 0 && zeros < 64) {
    w2 = (w2 << zeros) | (w1 >> (64 - zeros));
    w1 = (w1 << zeros) | (w0 >> (64 - zeros));
  }
  place_of_first += zeros;

  double const unit = power_of_two(-64 - place_of_first);
  double const hi = static_cast<double>(w2 & ~0x7ffULL) * unit;
  double const lo = (static_cast<double>(w2 & 0x7ffU) + static_cast<double>(w1) * 0x1p-64) * unit;

  // hi * pi/2 with what the product loses, by halves of 26 bits.
  double const pi_hi = 0x1.921fb54442d18p+0;
  double const scaled = hi * (0x1p27 + 1);
  double const h1 = scaled - (scaled - hi);
  double const h2 = hi - h1;
  double const k1 = 0x1.921fb58p+0;
  double const k2 = pi_hi - k1;
  double const product = hi * pi_hi;
  double const error = ((h1 * k1 - product) + h1 * k2 + h2 * k1) + h2 * k2;
  double const rest = error + hi * 0x1.1a62633145c07p-54 + lo * pi_hi;
  double const r = product + rest;
  double const tail = rest - (r - product);
  bool const flip = negative != beyond;
  return {flip ? -r : r, flip ? -tail : tail, (negative ? 0U - quarters : quarters) & 3U};
}

}  // namespace tenon::math
