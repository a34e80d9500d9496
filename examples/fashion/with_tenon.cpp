#include "with_tenon.hpp"

#include <algorithm>
#include <utility>

namespace fashion {

with_tenon::with_tenon(weights w, cpu::executor& on)
    : w_(std::move(w)), at_once_(20 * on.concurrency()), small_(at_once_, size / 2, size / 2, first),
      smaller_(at_once_, size / 4, size / 4, second), hidden_(at_once_, hidden), convolution_1_(on), convolution_2_(on),
      dense_3_(on), dense_4_(on) {}

void with_tenon::classify(std::uint8_t const* images, std::int64_t count, std::int64_t* labels) {
  for (std::int64_t from = 0; from < count; from += at_once_) {
    std::int64_t const some = std::min(at_once_, count - from);
    view const image(images + from * size * size, {some, size, size, 1});
    view const small = small_.view().slice(0, 0, some), smaller = smaller_.view().slice(0, 0, some);
    view const rows = hidden_.view().slice(0, 0, some);
    convolution_1_(image, w_.convolution_1, w_.bias_1, small);
    convolution_2_(small, w_.convolution_2, w_.bias_2, smaller);
    dense_3_(smaller.reshaped({some, flat}), w_.dense_3, w_.bias_3, rows);
    dense_4_(rows, w_.dense_4, w_.bias_4, view(labels + from, {some}));
  }
}

}  // namespace fashion
