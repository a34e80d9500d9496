#include <tenon/interop/mdspan.hpp>

#include "support/both.hpp"

using namespace tenon;

namespace {

// The part of std::mdspan that counts here.
template <class T, std::size_t Rank>
struct span_of_many {
  T* data;
  std::size_t each[Rank == 0 ? 1 : Rank];
  std::size_t steps[Rank == 0 ? 1 : Rank];

  static constexpr std::size_t rank() { return Rank; }
  constexpr T* data_handle() const { return data; }
  constexpr auto const& extents() const { return each; }
  constexpr std::size_t extent(std::size_t r) const { return each[r]; }
  constexpr std::size_t stride(std::size_t r) const { return steps[r]; }
};

}  // namespace

constexpr bool an_mdspan_brings_its_strides() {
  float x[24]{};
  argument const a = argument_of(span_of_many<float, 2>{x, {3, 4}, {8, 2}});
  return a.data == x && a.rank == 2 && a.extents[0] == 3 && a.extents[1] == 4 && a.strides[0] == 8 &&
         a.strides[1] == 2 && !a.read_only && argument_of(span_of_many<float const, 2>{x, {3, 4}, {8, 2}}).read_only &&
         argument_of(span_of_many<float, 0>{x, {}, {}}).rank == 0;
}

TEST_CASE("mdspan") { CHECK_BOTH(an_mdspan_brings_its_strides()); }
