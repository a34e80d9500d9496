// Classifies the 10,000 test images of Fashion-MNIST with a convolutional network: four fused operators of tenon, and
// beside them the same network written with Eigen. Usage: fashion [rounds [folder of the data set [file of weights]]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

#include "data_set.hpp"
#include "explain.hpp"
#include "with_eigen.hpp"
#include "with_tenon.hpp"

namespace fashion {

namespace {

using labels = std::vector<std::int64_t>;

int right(data_set const& data, labels const& found, int from, int to) {
  int count = 0;
  for (int n = from; n < to; ++n)
    count += found[static_cast<std::size_t>(n)] == data.labels[static_cast<std::size_t>(n)];
  return count;
}

// Progress is written over itself on a terminal, and in lines elsewhere.
char const* again() { return isatty(STDOUT_FILENO) != 0 ? "\r" : "\n"; }

// One pass in ten parts, with what is known so far.
template <class Network>
labels classify_with_progress(Network& network, data_set const& data) {
  labels found(static_cast<std::size_t>(data.count()));
  int const part = (data.count() + 9) / 10;
  for (int from = 0; from < data.count(); from += part) {
    int const to = std::min(from + part, data.count());
    network.classify(data.image(from), to - from, found.data() + from);
    std::printf("%s  %d of %d images, %.2f %% of them right", from == 0 ? "" : again(), to, data.count(), 100.0 * right(data, found, 0, to) / to);
    std::fflush(stdout);
  }
  std::printf("\n");
  return found;
}

template <class Network>
double images_a_second(Network& network, data_set const& data, labels& found) {
  auto const begin = std::chrono::steady_clock::now();
  network.classify(data.pixels.data(), data.count(), found.data());
  return data.count() / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

void say_each_class(data_set const& data, labels const& found) {
  int shown[classes]{}, known[classes]{};
  for (std::size_t n = 0; n < found.size(); ++n) {
    ++shown[data.labels[n]];
    known[data.labels[n]] += found[n] == data.labels[n];
  }
  std::printf(" ");
  for (int c = 0; c < classes; ++c)
    std::printf(" %s %.0f %%%s", names[c], 100.0 * known[c] / std::max(shown[c], 1), c < classes - 1 ? "," : "\n");
}

void run(int rounds, std::string const& folder, std::string const& path) {
  data_set const data = read_data_set(folder, "t10k");
  if (data.count() == 0) throw std::runtime_error(folder + ": no test images");
  weights const w = read_weights(path);
  with_tenon ours(w);
  with_tenon ours_on_all(w, cpu::default_executor());
  with_eigen eigen(w);

  std::printf("tenon:\n");
  labels const found = classify_with_progress(ours, data);
  say_each_class(data, found);
  std::printf("Eigen:\n");
  labels const of_eigen = classify_with_progress(eigen, data);
  int apart = 0;
  for (std::size_t n = 0; n < found.size(); ++n) apart += found[n] != of_eigen[n];
  std::printf("labels that differ: %d\n", apart);

  std::vector<double> of_ours, of_all, of_peer, ratios;
  labels repeated = found;
  for (int round = 0; round < rounds; ++round) {
    std::printf("%stiming, in turns: round %d of %d", round == 0 ? "" : again(), round + 1, rounds);
    std::fflush(stdout);
    of_ours.push_back(images_a_second(ours, data, repeated));
    of_peer.push_back(images_a_second(eigen, data, repeated));
    of_all.push_back(images_a_second(ours_on_all, data, repeated));
    if (repeated != found) throw std::runtime_error("another round gave other labels");
    ratios.push_back(of_ours.back() / of_peer.back());
  }
  std::printf("\nimages a second, median of %d rounds:\n", rounds);
  std::printf("  tenon, one thread   %8.0f\n  Eigen, one thread   %8.0f\n", median(of_ours), median(of_peer));
  std::printf("  tenon, %2d threads   %8.0f\n", cpu::default_executor().concurrency(), median(of_all));
  std::printf("  tenon to Eigen          %.2f\n\n", median(ratios));
  std::fflush(stdout);

  explain_second_convolution(FASHION_PAGE);

  if (apart != 0) throw std::runtime_error("tenon and Eigen do not agree");
  if (right(data, found, 0, data.count()) < 0.91 * data.count()) throw std::runtime_error("less than 91 % are right");
}

}  // namespace

}  // namespace fashion

int main(int argc, char** argv) {
  try {
    int const rounds = argc > 1 ? std::stoi(argv[1]) : 5;
    fashion::run(std::max(rounds, 1), argc > 2 ? argv[2] : FASHION_DATA, argc > 3 ? argv[3] : FASHION_WEIGHTS);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "fashion: %s\n", error.what());
    return 1;
  }
}
