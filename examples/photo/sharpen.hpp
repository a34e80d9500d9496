#pragma once

#include <tenon/tenon.hpp>

namespace photo {

using namespace tenon;

/// An unsharp mask: the image, and `amount` of what a blurred copy of it lacks. Planes of bytes, of any size.
///
/// Tiles at the right and lower edge reach beyond the image. What lies between the stages has room for whole tiles, so
/// that only the last stage has to ask where the image ends.
struct sharpen {
  static constexpr auto height = run_time<"height">;
  static constexpr auto width = run_time<"width">;
  static constexpr int reach = 4, high = 32, wide = 128;  // of the blur to each side; of a tile
  axis<"c", 3> c;
  axis<"y", height> y;                        axis<"x", width> x;
  axis<"r", height + high> r;                 axis<"s", width + wide> s;
  axis<"v", height + (high + 2 * reach)> v;   axis<"u", width + (wide + 2 * reach)> u;
  axis<"k", 2 * reach + 1> k;
  tensor<"in", uint8, 3, height, width> in;
  tensor<"bell", float, 2 * reach + 1> bell;  // weights of the blur, which add up to one
  tensor<"amount", float> amount;
  temporary<"framed", float, 3, height + (high + 2 * reach), width + (wide + 2 * reach)> framed;
  temporary<"across", float, 3, height + (high + 2 * reach), width + wide> across;
  temporary<"blurred", float, 3, height + high, width + wide> blurred;
  temporary<"lacking", float, 3, height, width> lacking;
  tensor<"out", uint8, 3, height, width> out;

  constexpr auto define() const {
    return stages(framed(c, v, u) = cast<float>(clamped(in(c, v - reach, u - reach))),
                  across(c, v, s) = sum(k, framed(c, v, s + k) * bell(k)),
                  blurred(c, r, s) = sum(k, across(c, r + k, s) * bell(k)),
                  lacking(c, y, x) = cast<float>(in(c, y, x)) - blurred(c, y, x),
                  out(c, y, x) = cast<uint8>(
                      round(clamp(cast<float>(in(c, y, x)) + amount() * lacking(c, y, x), 0, 255))));
  }

  constexpr auto schedule(cpu_target target) const {
    int const strip = 4 * target.lanes<float>();  // four vectors of sums stay in registers
    return steps(compute_inline(lacking),
                 split(out[y], high, tail::guard), split(out[x], wide, tail::guard),
                 reorder(out[y.outer], out[x.outer], out[y.inner], out[x.inner]),
                 compute_at(blurred, out[y.inner]),  // a row at a time
                 compute_at(across, out[x.outer]), compute_at(framed, out[x.outer]),  // a tile at a time
                 split(across[s], strip), reorder(across[k], across[s.inner]), vectorize(across[s.inner]),
                 split(blurred[s], strip), reorder(blurred[k], blurred[s.inner]), vectorize(blurred[s.inner]),
                 vectorize(framed[u]), vectorize(out[x.inner]), parallel(out[y.outer]));
  }
};

}  // namespace photo
