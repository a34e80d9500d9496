// Learns the weights of this network from the training images of Fashion-MNIST: Adam, batches of 64, images mirrored by
// chance, dropout before the dense layers. 5,000 images are held back to watch the progress; the test images are looked
// at once, at the end. It takes ten minutes on one core.
// Usage: fashion_train weights.bin [epochs [folder of the data set]]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <numeric>
#include <random>
#include <stdexcept>
#include <utility>

#include "data_set.hpp"
#include "patches.hpp"
#include "weights.hpp"

namespace fashion {

namespace {

using row = Eigen::RowVectorXf;
using map = Eigen::Map<matrix>;
using const_map = Eigen::Map<matrix const>;
using row_map = Eigen::Map<row>;

constexpr int pixels = size * size, middle = size / 2, end = size / 4;
constexpr float kept = 0.6F;  // of what the dense layers read, while learning

// The pool's maximum of each 2 x 2 pixels, from which of them it came, and its way back.
struct pool {
  matrix out;
  Eigen::Matrix<int, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> from;

  void forward(matrix const& in, int extent) {
    int const half = extent / 2;
    out.resize(half * half, in.cols());
    from.resize(half * half, in.cols());
    for (int p = 0; p < half * half; ++p) {
      int const at = p / half * 2 * extent + p % half * 2;
      for (Eigen::Index c = 0; c < in.cols(); ++c) {
        int best = at;
        for (int const other : {at + 1, at + extent, at + extent + 1}) {
          if (in(other, c) > in(best, c)) best = other;
        }
        out(p, c) = in(best, c);
        from(p, c) = best;
      }
    }
  }
  // The ReLU before the pool passes nothing back where its result was zero.
  matrix backward(matrix const& slope, Eigen::Index rows) const {
    matrix back = matrix::Zero(rows, slope.cols());
    for (Eigen::Index p = 0; p < slope.rows(); ++p) {
      for (Eigen::Index c = 0; c < slope.cols(); ++c) {
        if (out(p, c) > 0) back(from(p, c), c) = slope(p, c);
      }
    }
    return back;
  }
};

// The transpose of `patches`: adds the numbers of each row to the pixels they were read from.
void add_patches(matrix const& rows, int extent, int channels, matrix& image) {
  for (int p = 0; p < extent * extent; ++p) {
    for (int t = 0; t < 9; ++t) {
      int const y = p / extent + t / 3 - 1, x = p % extent + t % 3 - 1;
      if (y < 0 || y >= extent || x < 0 || x >= extent) continue;
      image.row(y * extent + x) += rows.block(p, t * channels, 1, channels);
    }
  }
}

class learner {
 public:
  explicit learner(std::uint32_t seed) : chance_(seed) {
    start(w_.convolution_1, 9);
    start(w_.convolution_2, 9 * first);
    start(w_.dense_3, flat);
    start(w_.dense_4, hidden);
  }
  weights const& learnt() const { return w_; }
  std::mt19937& chance() { return chance_; }

  // One image forward, and if a slope is wanted back again. Returns what the network takes it for.
  int see(std::uint8_t const* image, int label, bool learn) {
    bool const mirror = learn && chance_() % 2 == 0;
    matrix in(pixels, 1);
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x)
        in(y * size + x) = static_cast<float>(image[y * size + (mirror ? size - 1 - x : x)]) / 255;
    }
    patches_1_.resize(pixels, 9);
    patches(in.data(), size, 1, patches_1_.data());
    matrix sums = patches_1_ * const_map(w_.convolution_1.data(), 9, first);
    sums = (sums.rowwise() + row_map(w_.bias_1.data(), first)).cwiseMax(0);
    pool_1_.forward(sums, size);
    patches_2_.resize(middle * middle, 9 * first);
    patches(pool_1_.out.data(), middle, first, patches_2_.data());
    sums = patches_2_ * const_map(w_.convolution_2.data(), 9 * first, second);
    sums = (sums.rowwise() + row_map(w_.bias_2.data(), second)).cwiseMax(0);
    pool_2_.forward(sums, middle);

    row mask_3 = row::Ones(flat), mask_4 = row::Ones(hidden);
    if (learn) {
      for (float& one : mask_3) one = uniform() < kept ? 1 / kept : 0;
      for (float& one : mask_4) one = uniform() < kept ? 1 / kept : 0;
    }
    row const x_3 = row_map(pool_2_.out.data(), flat).cwiseProduct(mask_3);
    row y_3 = x_3 * const_map(w_.dense_3.data(), flat, hidden) + row_map(w_.bias_3.data(), hidden);
    y_3 = y_3.cwiseMax(0);
    row const x_4 = y_3.cwiseProduct(mask_4);
    row const logits = x_4 * const_map(w_.dense_4.data(), hidden, classes) + row_map(w_.bias_4.data(), classes);
    int taken_for = 0;
    float const most = logits.maxCoeff(&taken_for);
    if (!learn) return taken_for;

    row slope = (logits.array() - most).exp();
    slope /= slope.sum();
    loss_ -= std::log(std::max(slope(label), 1e-12F));
    slope(label) -= 1;
    map(slope_.dense_4.data(), hidden, classes).noalias() += x_4.transpose() * slope;
    row_map(slope_.bias_4.data(), classes) += slope;
    row s_3 = (slope * const_map(w_.dense_4.data(), hidden, classes).transpose()).cwiseProduct(mask_4);
    s_3 = (y_3.array() > 0).select(s_3, 0);
    map(slope_.dense_3.data(), flat, hidden).noalias() += x_3.transpose() * s_3;
    row_map(slope_.bias_3.data(), hidden) += s_3;
    row s_flat = (s_3 * const_map(w_.dense_3.data(), flat, hidden).transpose()).cwiseProduct(mask_3);

    matrix s_2 = pool_2_.backward(map(s_flat.data(), end * end, second), middle * middle);
    map(slope_.convolution_2.data(), 9 * first, second).noalias() += patches_2_.transpose() * s_2;
    row_map(slope_.bias_2.data(), second) += s_2.colwise().sum();
    matrix const back = s_2 * const_map(w_.convolution_2.data(), 9 * first, second).transpose();
    matrix s_1 = matrix::Zero(middle * middle, first);
    add_patches(back, middle, first, s_1);
    matrix const s_0 = pool_1_.backward(s_1, pixels);
    map(slope_.convolution_1.data(), 9, first).noalias() += patches_1_.transpose() * s_0;
    row_map(slope_.bias_1.data(), first) += s_0.colwise().sum();
    return taken_for;
  }

  // Adam (Kingma, Ba 2015), with the weights pulled a little towards zero (Loshchilov, Hutter 2019).
  void step(float rate, int batch) {
    constexpr float slow = 0.9F, slower = 0.999F, decay = 1e-2F;
    ++steps_;
    float const fix =
        std::sqrt(1 - std::pow(slower, static_cast<float>(steps_))) / (1 - std::pow(slow, static_cast<float>(steps_)));
    for (std::size_t n = 0; n < w_.all().size(); ++n) {
      auto const array = [&](weights& of) {
        return Eigen::Map<Eigen::ArrayXf>(of.all()[n]->data(), static_cast<Eigen::Index>(of.all()[n]->size()));
      };
      auto w = array(w_), slope = array(slope_), mean = array(mean_), spread = array(spread_);
      slope /= static_cast<float>(batch);
      mean = slow * mean + (1 - slow) * slope;
      spread = slower * spread + (1 - slower) * slope.square();
      w -= rate * (fix * mean / (spread.sqrt() + 1e-8F) + (n % 2 == 0 ? decay : 0) * w);
      slope = 0;
    }
  }
  double take_loss() { return std::exchange(loss_, 0); }

 private:
  std::mt19937 chance_;
  weights w_, slope_, mean_, spread_;
  int steps_ = 0;
  double loss_ = 0;
  matrix patches_1_, patches_2_;
  pool pool_1_, pool_2_;

  float uniform() { return static_cast<float>(chance_() >> 8) * 0x1p-24F; }
  void start(std::vector<float>& values, int inputs) {
    float const width = std::sqrt(6.0F / static_cast<float>(inputs));
    for (float& v : values) v = width * (2 * uniform() - 1);
  }
};

double share_right(learner& network, data_set const& data, int from, int to) {
  int right = 0;
  for (int n = from; n < to; ++n)
    right += network.see(data.image(n), 0, false) == data.labels[static_cast<std::size_t>(n)];
  return 100.0 * right / (to - from);
}

}  // namespace

void train(std::string const& to, int epochs, std::string const& folder) {
  constexpr int batch = 64, held_back = 5000;
  data_set const data = read_data_set(folder, "train");
  int const learnt_from = data.count() - held_back;
  if (learnt_from < batch) throw std::runtime_error("too few training images");
  learner network(2024);
  std::vector<int> order(static_cast<std::size_t>(learnt_from));
  std::iota(order.begin(), order.end(), 0);
  auto const begin = std::chrono::steady_clock::now();
  int const steps = learnt_from / batch;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), network.chance());
    for (int step = 0; step < steps; ++step) {
      for (int n = step * batch; n < (step + 1) * batch; ++n) {
        int const one = order[static_cast<std::size_t>(n)];
        network.see(data.image(one), data.labels[static_cast<std::size_t>(one)], true);
      }
      double const done = (epoch + static_cast<double>(step) / steps) / epochs;
      network.step(static_cast<float>(1e-3 * (1 + std::cos(std::numbers::pi * done))), batch);
    }
    double const minutes = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / 60;
    std::printf("epoch %d of %d: loss %.4f, %.2f %% of the images held back are right, %.1f min\n", epoch + 1, epochs,
                network.take_loss() / (steps * batch), share_right(network, data, learnt_from, data.count()), minutes);
    std::fflush(stdout);
  }
  weights learnt = network.learnt();
  for (float& one : learnt.convolution_1) one /= 255;  // so that the network reads the bytes as they are
  write_weights(to, learnt);
  data_set const test = read_data_set(folder, "t10k");
  std::printf("%.2f %% of the test images are right; wrote %s\n", share_right(network, test, 0, test.count()),
              to.c_str());
}

}  // namespace fashion

int main(int argc, char** argv) {
  try {
    if (argc < 2) throw std::runtime_error("usage: fashion_train weights.bin [epochs [folder of the data set]]");
    fashion::train(argv[1], argc > 2 ? std::stoi(argv[2]) : 30, argc > 3 ? argv[3] : FASHION_DATA);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "fashion_train: %s\n", error.what());
    return 1;
  }
}
