#include <tenon/target/cpu/kernel.hpp>

#include <cmath>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/kernels.hpp"

namespace {

using namespace tenon;

template <auto M, int N, int K>
struct dense_relu {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, K, N> w;
  tensor<"b", float, N> b;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = relu(sum(k, x(i, k) * w(k, j)) + b(j)); }
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4, tail::guard), split(j, 32, tail::mask), reorder(i.outer, j.outer, k, i.inner, j.inner),
                 unroll(i.inner), vectorize(j.inner), parallel(i.outer));
  }
};

TEST_CASE("kernel: a tile in registers, with tails of any size") {
  CHECK_KERNEL(dense_relu<8, 32, 5>);
  CHECK_KERNEL(dense_relu<7, 33, 5>);
  CHECK_KERNEL(dense_relu<1, 1, 1>);
  CHECK_KERNEL(dense_relu<13, 31, 3>);
}

TEST_CASE("kernel: rows at run time") {
  for (std::int64_t rows : {0, 1, 3, 4, 5, 17})
    CHECK(kernels::disagreement<dense_relu<run_time<"M">, 33, 5>>({rows}) == "");
}

/// Sums of neighbouring rows of an image that has two rows more than the result.
struct three_rows {
  static constexpr auto rows = run_time<"rows">;
  axis<"i", rows> i;
  axis<"j", 33> j;
  tensor<"x", float, rows + 2, 33> x;
  tensor<"y", float, rows, 33> y;

  constexpr auto define() const { return y(i, j) = x(i, j) + x(i + 1, j) + x(i + 2, j); }
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4, tail::peel), split(j, 32, tail::mask), vectorize(j.inner));
  }
};

TEST_CASE("kernel: an argument longer than the extent at run time") {
  static_assert(analysis::in_bounds(cpu::kernel<three_rows>::program()).is == analysis::answer::yes);
  for (std::int64_t rows : {0, 1, 4, 7}) {
    CHECK(kernels::disagreement<three_rows>({rows}) == "");
    array<float> x(rows + 2, 33), y(rows, 33);
    x.fill(1);
    y.fill(0);
    CHECK_FALSE(cpu::kernel<three_rows>{}.try_call(x, y));
    if (rows > 0) CHECK(y(rows - 1, 32) == 3);
  }
}

template <int M, int N, int K>
struct packed {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", K> k;
  tensor<"x", float, M, K> x;
  tensor<"w", float, K, N> w;
  tensor<"y", float, M, N> y;

  constexpr auto define() const { return y(i, j) = sum(k, x(i, k) * w(k, j)); }
  constexpr auto schedule(cpu_target) const {
    return steps(split(k, 8), split(i, 16), split(i.inner, 4), split(j, 32),
                 reorder(i.outer, j.outer, i.inner.outer, k.outer, k.inner, i.inner.inner, j.inner),
                 carry(k.outer, i.outer), cache(w, k.outer, order(j.outer, k.inner, j.inner)),
                 cache(x, i.outer, order(i.inner.outer, k.inner, i.inner.inner)), place(cached(w), space::workspace),
                 unroll(i.inner.inner), vectorize(j.inner), vectorize(cached(w)[j.inner]));
  }
};

TEST_CASE("kernel: packed panels and partial sums") { CHECK_KERNEL(packed<32, 64, 24>); }

struct blur {
  axis<"y", 21> y;
  axis<"v", 23> v;
  axis<"x", 37> x;
  tensor<"in", float, 23, 39> in;
  temporary<"across", float, 23, 37> across;
  tensor<"out", float, 21, 37> out;

  constexpr auto define() const {
    return stages(across(v, x) = in(v, x) + in(v, x + 1) + in(v, x + 2),
                  out(y, x) = across(y, x) + across(y + 1, x) + across(y + 2, x));
  }
  constexpr auto schedule(cpu_target) const {
    return steps(split(y, 8, tail::guard), split(out[x], 16, tail::mask),
                 reorder(y.outer, out[x.outer], y.inner, out[x.inner]), compute_at(across, out[x.outer]),
                 unroll(across[v]), vectorize(across[x]), unroll(y.inner), vectorize(out[x.inner]), stream(out));
  }
};

TEST_CASE("kernel: a stage computed where it is read") { CHECK_KERNEL(blur); }

/// What follows the sum changes its accumulator, an operation at a time.
template <auto M, int N>
struct quantised_in_place {
  axis<"i", M> i;
  axis<"j", N> j;
  axis<"k", 8> k;
  tensor<"x", std::int8_t, M, 8> x;
  tensor<"w", std::int8_t, 8, N> w;
  tensor<"b", std::int32_t, N> b;
  tensor<"y", std::int8_t, M, N> y;

  constexpr auto define() const {
    auto const total = sum(k, cast<std::int32_t>(x(i, k)) * cast<std::int32_t>(w(k, j)));
    return y(i, j) = cast<std::int8_t>(max(min((total >> 2) + b(j), 7), 0));
  }
  constexpr auto schedule(cpu_target) const {
    return steps(split(i, 4, tail::guard), split(j, 16, tail::mask), reorder(i.outer, j.outer, k, i.inner, j.inner),
                 unroll(i.inner), vectorize(j.inner), in_place(y), parallel(i.outer));
  }
};

TEST_CASE("kernel: operations in place") {
  constexpr auto stores = [](ir::program const& p) {
    int count = 0;
    ir::each_statement(p, p.root, [&](ir::node_id id) { count += p[id].what == ir::op::store; });
    return count;
  };
  static_assert(stores(cpu::kernel<quantised_in_place<8, 32>>::program()) == 7);
  CHECK_KERNEL(quantised_in_place<8, 32>);
  CHECK_KERNEL(quantised_in_place<7, 33>);
  for (std::int64_t rows : {0, 1, 5}) CHECK(kernels::disagreement<quantised_in_place<run_time<"M">, 20>>({rows}) == "");
}

template <class T>
struct copy_of {
  axis<"i", 37> i;
  tensor<"x", T, 37> x;
  tensor<"y", T, 37> y;
  constexpr auto define() const { return y(i) = x(i); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(i)); }
};

TEST_CASE("kernel: every element type") {
  CHECK_KERNEL(copy_of<float>);
  CHECK_KERNEL(copy_of<double>);
  CHECK_KERNEL(copy_of<half>);
  CHECK_KERNEL(copy_of<bfloat16>);
  CHECK_KERNEL(copy_of<std::int8_t>);
  CHECK_KERNEL(copy_of<std::uint8_t>);
  CHECK_KERNEL(copy_of<std::int16_t>);
  CHECK_KERNEL(copy_of<std::uint16_t>);
  CHECK_KERNEL(copy_of<std::int32_t>);
  CHECK_KERNEL(copy_of<std::uint32_t>);
  CHECK_KERNEL(copy_of<std::int64_t>);
  CHECK_KERNEL(copy_of<std::uint64_t>);
  CHECK_KERNEL(copy_of<bool>);
}

struct dot {
  axis<"i", 3> i;
  axis<"k", 53> k;
  tensor<"x", float, 3, 53> x;
  tensor<"y", float, 3> y;
  constexpr auto define() const { return y(i) = sum(k, x(i, k) * x(i, k)); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(k)); }
};

TEST_CASE("kernel: lanes added up") { CHECK_KERNEL(dot); }

struct neighbours {
  axis<"i", 29> i;
  tensor<"x", std::int32_t, 29> x;
  tensor<"y", std::int32_t, 29> y;
  constexpr auto define() const { return y(i) = select(x(i) < 0, -x(i), x(i) + 1) * 3; }
  constexpr auto schedule(cpu_target) const { return steps(split(i, 16, tail::peel), vectorize(i.inner)); }
};

TEST_CASE("kernel: choices lane by lane") { CHECK_KERNEL(neighbours); }

struct transposed {
  axis<"i", 5> i;
  axis<"j", 19> j;
  tensor<"x", float, 19, 5> x;
  tensor<"y", float, 5, 19> y;
  constexpr auto define() const { return y(i, j) = x(j, i); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(j)); }
};

TEST_CASE("kernel: lanes that lie apart") { CHECK_KERNEL(transposed); }

struct sum_of_columns {
  axis<"j", 23> j;
  axis<"k", 4> k;
  tensor<"x", float, 4, 23> x;
  tensor<"y", float, 23> y;
  constexpr auto define() const { return y(j) = sum(k, x(k, j)); }
  constexpr auto schedule(cpu_target) const { return steps(vectorize(j)); }
};

TEST_CASE("kernel: a sum in every lane") { CHECK_KERNEL(sum_of_columns); }

struct added_three {
  static constexpr auto identity() { return values(0.0F, 0.0F, 0.0F); }
  static constexpr auto combine(auto a, auto b) {
    auto const [p, q, r] = a;
    auto const [s, t, u] = b;
    return values(p + s, q + t, r + u);
  }
};
template <bool Vectors>
struct three_sums {
  axis<"i", 5> i;
  axis<"k", 96> k;
  tensor<"x", float, 5, 96> x;
  tensor<"y", float, 5> y;

  constexpr auto define() const {
    auto const [a, b, c] = reduce(k, added_three{}, x(i, k), x(i, k) * 2, x(i, k) * x(i, k));
    return y(i) = a + b * c;
  }
  constexpr auto schedule(cpu_target) const {
    return Vectors ? steps(split(k, 16), rfactor(k.inner), vectorize(k.inner)) : steps(split(k, 16), rfactor(k.inner));
  }
};

TEST_CASE("kernel: a reduction of three values, a lane each") {
  CHECK(kernels::disagreement<three_sums<false>>({}, 1, 1e-4) == "");
  CHECK(kernels::disagreement<three_sums<true>>({}, 1, 1e-4) == "");
}

TEST_CASE("kernel: what is wrong with arguments is said") {
  using op_type = dense_relu<8, 32, 5>;
  constexpr op_type op;
  cpu::kernel<op_type> const run;
  std::vector<float> x(40), w(160), b(32), y(256);
  run(op.y = y, op.x = x, op.w = w, op.b = b);
  run(x, w, b, y);
  fault const found = run.try_call(op.y = y, op.x = x, op.w = x, op.b = b);
  CHECK(std::string_view(found.sentence) == "w: 40 elements in a row given, 5 x 32 expected, which are 160");
  CHECK_THROWS_AS(run(op.y = y, op.x = x, op.w = x, op.b = b), argument_error);
}

float positive(float v) {
  if (v < 0) throw std::domain_error("negative");
  return v;
}
struct checked_rows {
  axis<"i", 64> i;
  axis<"j", 16> j;
  axis<"k", 16> k;
  tensor<"x", float, 64, 16> x;
  temporary<"t", float, 64, 16> t;
  tensor<"y", float, 64, 16> y;
  constexpr auto define() const {
    return stages(t(i, j) = call<&positive>(x(i, j)), y(i, j) = t(i, j) + sum(k, t(i, k)));
  }
  constexpr auto schedule(cpu_target) const {
    return steps(compute_at(t, y[i]), place(t, space::workspace), vectorize(t[j]), parallel(y[i]));
  }
};

// With as many workers as it is told, of which it uses the first one.
class counting_executor final : public cpu::executor {
 public:
  explicit counting_executor(int workers) : workers_(workers) {}
  void run(std::int64_t tasks, cpu::task_ref body) override {
    for (std::int64_t task = 0; task < tasks; ++task) body(task, 0);
    ++runs;
  }
  int concurrency() const override { return workers_; }
  int runs = 0;

 private:
  int workers_;
};

TEST_CASE("kernel: an exception of a function of the user's reaches the caller") {
  std::vector<float> x(64 * 16, 1), y(64 * 16);
  cpu::thread_pool three(3);
  for (cpu::executor* const threads :
       {static_cast<cpu::executor*>(&three), static_cast<cpu::executor*>(&cpu::sequential())}) {
    cpu::kernel<checked_rows> const run{*threads};
    x[500] = -1;
    CHECK_THROWS_AS(run(x, y), std::domain_error);
    x[500] = 1;
    run(x, y);
    CHECK(y[500] == 17);
  }
}

TEST_CASE("kernel: an executor that is given is asked, whatever it says of its workers") {
  std::vector<float> x(64 * 16, 1), y(64 * 16);
  for (int const workers : {-1, 0, 1, 2}) {
    counting_executor threads(workers);
    cpu::kernel<checked_rows>{threads}(x, y);
    CHECK(threads.runs == 1);
    CHECK(y[5] == 17);
  }
}

template <bool Vectors>
struct clamped {
  axis<"i", 37> i;
  tensor<"x", float, 37> x;
  tensor<"n", std::int32_t, 37> n;
  tensor<"y", float, 37> y;
  tensor<"s", std::int32_t, 37> s;
  tensor<"t", std::int32_t, 37> t;

  constexpr auto define() const {
    return stages(y(i) = relu(x(i)) + clamp(x(i), -1, 1), s(i) = (n(i) << n(i)) + (n(i) >> n(i)),
                  t(i) = multiply_shift(n(i), n(i), n(i)));
  }
  constexpr auto schedule(cpu_target) const {
    return Vectors ? steps(vectorize(y[i]), vectorize(s[i]), vectorize(t[i])) : steps(unroll(y[i]));
  }
};

TEST_CASE("kernel: vectors and single numbers agree on what does not compare, and on shifts beyond a type") {
  array<float> x(37), y(37), z(37);
  array<std::int32_t> n(37), s(37), t(37), u(37), v(37);
  float const odd[]{std::nanf(""), -std::nanf(""), INFINITY, -INFINITY, -0.0F, 0.0F, 2.5F};
  for (int at = 0; at < 37; ++at) {
    x(at) = odd[at % 7];
    n(at) = at * 5 - 70;
  }
  cpu::kernel<clamped<true>>{}(x, n, y, s, t);
  cpu::kernel<clamped<false>>{}(x, n, z, u, v);
  for (int at = 0; at < 37; ++at) {
    CAPTURE(at);
    CHECK(std::isnan(y(at)) == std::isnan(x(at)));
    CHECK((std::isnan(y(at)) ? std::isnan(z(at)) : y(at) == z(at)));
    CHECK(s(at) == u(at));
    CHECK(t(at) == v(at));
    CHECK(ir::apply(ir::op::shift_left, element::i32, {.whole = n(at)}, {.whole = n(at)}).whole ==
          static_cast<std::int32_t>(static_cast<std::uint32_t>(n(at)) << (n(at) & 31)));
  }
}

TEST_CASE("kernel: works in memory of the caller's") {
  using op_type = packed<32, 64, 24>;
  cpu::kernel<op_type> const run{cpu::sequential()};
  std::size_t const bytes = cpu::kernel<op_type>::workspace_bytes();
  CHECK(bytes > 0);
  CHECK(run.loop_nest().find("w.cache") != std::string::npos);
  alignas(64) static std::byte memory[1 << 16];
  REQUIRE(bytes <= sizeof memory);
  std::vector<float> x(32 * 24, 1), w(24 * 64, 2), y(32 * 64);
  cpu::kernel<op_type>{cpu::sequential(), cpu::workspace{memory, bytes}}(x, w, y);
  CHECK(y[5] == 48);
  fault const found = cpu::kernel<op_type>{cpu::sequential(), cpu::workspace{memory, 1}}.try_call(x, w, y);
  CHECK(found.kind == fault_kind::workspace);
}

}  // namespace
