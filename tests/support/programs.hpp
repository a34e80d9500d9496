#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <tenon/ir/build.hpp>
#include <tenon/ir/clone.hpp>
#include <tenon/ir/evaluate.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/support/static_vector.hpp>

/// Small staged programs for tests of passes, and what makes them.
namespace tenon::programs {

/// Some values, as a list in braces or a vector.
template <class T>
struct few : static_vector<T, 12> {
  constexpr few() = default;
  constexpr few(std::initializer_list<T> list) {
    for (T const& item : list) this->push_back(item);
  }
  constexpr few(std::vector<T> const& list) {
    for (T const& item : list) this->push_back(item);
  }
};

/// Builds staged programs as the language does: stages in order of definition, reductions before the store that reads them.
struct maker {
  ir::program p{};
  ir::node_id nests = ir::node_id::none;

  constexpr ir::buffer_id tensor(label name, element type, ir::role use, few<ir::node_id> extents) {
    ir::buffer made{.name = name, .type = type, .use = use};
    made.where = use == ir::role::temporary ? ir::memory::automatic : ir::memory::argument;
    for (ir::node_id e : extents) made.extents[made.rank++] = e;
    if (use != ir::role::temporary) ++p.arguments;
    return p.add(made);
  }
  constexpr ir::buffer_id tensor(label name, element type, ir::role use, few<int> extents = {}) {
    ir::buffer made{.name = name, .type = type, .use = use};
    made.where = use == ir::role::temporary ? ir::memory::automatic : ir::memory::argument;
    for (int e : extents) made.extents[made.rank++] = ir::add_index(p, e);
    if (use != ir::role::temporary) ++p.arguments;
    return p.add(made);
  }
  constexpr ir::buffer_id input(label name, few<int> extents) {
    return tensor(name, element::f32, ir::role::input, extents);
  }
  constexpr ir::buffer_id output(label name, few<int> extents) {
    return tensor(name, element::f32, ir::role::output, extents);
  }
  /// A tensor between stages: make it after all arguments.
  constexpr ir::buffer_id temporary(label name, few<int> extents) {
    return tensor(name, element::f32, ir::role::temporary, extents);
  }

  constexpr ir::axis_id axis(ir::buffer_id stage, label name, ir::node_id extent) {
    return p.add(ir::axis{.name = name, .stage = stage, .extent = extent});
  }
  constexpr ir::axis_id axis(ir::buffer_id stage, label name, int extent) {
    return axis(stage, name, ir::add_index(p, extent));
  }

  constexpr ir::node_id at(ir::axis_id a) { return ir::add_counter(p, a); }
  constexpr ir::node_id number(double value) { return ir::add_real(p, element::f32, value); }
  constexpr ir::access_id access(ir::buffer_id of, few<ir::node_id> where) {
    ir::access made{.of = of};
    for (ir::node_id index : where) made.at[made.rank++] = index;
    return p.add(made);
  }
  constexpr ir::node_id load(ir::buffer_id from, few<ir::node_id> where) {
    return ir::add_load(p, access(from, where));
  }
  constexpr ir::node_id binary(ir::op what, ir::node_id a, ir::node_id b) { return ir::add_binary(p, what, a, b); }
  /// The element, or `otherwise` where an index is outside the buffer.
  constexpr ir::node_id load_or(ir::buffer_id from, few<ir::node_id> where, ir::node_id otherwise) {
    ir::node_id inside = ir::node_id::none;
    int d = 0;
    for (ir::node_id index : where) {
      inside = ir::add_both(p, inside, binary(ir::op::less_equal, ir::add_index(p, 0), index));
      inside = ir::add_both(p, inside, binary(ir::op::less, index, p[from].extents[d++]));
    }
    ir::node_id const element = load(from, where);
    return p.add(ir::node{.what = ir::op::guarded, .type = p[element].type, .a = inside, .b = element, .c = otherwise});
  }

  /// The reduction of a kind that has one value, over terms of `type`.
  constexpr ir::reduction_id reduction(ir::reduction_kind kind, element type) {
    ir::reduction made{.kind = kind, .values = 1};
    auto const formal = [&](int n) { return p.add(ir::node{.what = ir::op::formal, .type = type, .value = n}); };
    auto const constant = [&](double v) {
      return ir::is_float(type) ? ir::add_real(p, type, v) : ir::add_integer(p, type, static_cast<std::int64_t>(v));
    };
    ir::op what = ir::op::add;
    double identity = 0;
    if (kind == ir::reduction_kind::product) what = ir::op::mul, identity = 1;
    if (kind == ir::reduction_kind::max) what = ir::op::max, identity = -64;
    if (kind == ir::reduction_kind::min) what = ir::op::min, identity = 64;
    made.identity[0] = constant(identity);
    made.combine[0] = binary(what, formal(0), formal(1));
    return p.add(made);
  }

  /// The value that `kind` makes of `term` over the axes; for use in the value of the stage that is finished next.
  constexpr ir::node_id reduce(ir::buffer_id stage, ir::reduction_kind kind, few<ir::axis_id> over, ir::node_id term) {
    element type = p[term].type;
    if (type == element::f16 || type == element::bf16) type = element::f32;
    term = ir::add_cast(p, type, term);
    ir::reduction_id const r = reduction(kind, type);
    ir::access_id const sum = accumulator(stage, type, kind == ir::reduction_kind::sum ? "sum" : "best");
    ir::node_id const update = ir::add_store(p, sum, combined(r, 0, {sum}, {term}), ir::node_id::none, r);
    reductions.push_back({sum, ir::add_block(p, ir::add_store(p, sum, p[r].identity[0]), loops(over, update, true))});
    return ir::add_load(p, sum);
  }
  constexpr ir::node_id sum(ir::buffer_id stage, few<ir::axis_id> over, ir::node_id term) {
    return reduce(stage, ir::reduction_kind::sum, over, term);
  }

  /// Where `term` is greatest along the axis: the first such place, an index.
  constexpr ir::node_id argmax(ir::buffer_id stage, ir::axis_id over, ir::node_id term) {
    element const type = p[term].type;
    auto const formal = [&](element t, int n) {
      return p.add(ir::node{.what = ir::op::formal, .type = t, .value = n});
    };
    ir::node_id const best = formal(type, 0);
    ir::node_id const place = formal(ir::index_type, 1);
    ir::node_id const next = formal(type, 2);
    ir::node_id const here = formal(ir::index_type, 3);
    ir::node_id const better =
        binary(ir::op::logical_or, binary(ir::op::less, best, next),
               binary(ir::op::logical_and, binary(ir::op::equal, best, next), binary(ir::op::less, here, place)));
    ir::reduction made{.kind = ir::reduction_kind::argmax, .values = 2};
    made.identity[0] = ir::is_float(type) ? ir::add_real(p, type, -64) : ir::add_integer(p, type, -64);
    made.identity[1] = ir::add_index(p, 0);
    made.combine[0] = p.add(ir::node{.what = ir::op::select, .type = type, .a = better, .b = next, .c = best});
    made.combine[1] =
        p.add(ir::node{.what = ir::op::select, .type = ir::index_type, .a = better, .b = here, .c = place});
    ir::reduction_id const r = p.add(made);
    ir::access_id const value = accumulator(stage, type, "best");
    ir::access_id const where = accumulator(stage, ir::index_type, "argmax");
    ir::node_id const counter = at(over);
    ir::node_id const first =
        ir::add_store(p, value, combined(r, 0, {value, where}, {term, counter}), ir::node_id::none, r);
    ir::node_id const second =
        ir::add_store(p, where, combined(r, 1, {value, where}, {term, counter}), ir::node_id::none, r);
    ir::node_id const update = p.add(ir::node{.what = ir::op::together, .a = ir::add_block(p, first, second)});
    ir::node_id const start =
        ir::add_block(p, ir::add_store(p, value, made.identity[0]), ir::add_store(p, where, made.identity[1]));
    reductions.push_back({value, ir::node_id::none});
    reductions.push_back({where, ir::add_block(p, start, loops({over}, update, true))});
    return ir::add_load(p, where);
  }

  /// The stage that computes `to` at the axes, outermost first.
  constexpr void stage(ir::buffer_id to, few<ir::axis_id> axes, ir::node_id value) {
    ir::access target{.of = to};
    for (ir::axis_id a : axes) target.at[target.rank++] = at(a);
    stage_at(axes, p.add(target), ir::add_cast(p, p[to].type, value));
  }
  constexpr void stage_at(few<ir::axis_id> axes, ir::access_id target, ir::node_id value) {
    ir::node_id body = ir::add_store(p, target, value);
    for (std::size_t n = reductions.size(); n-- > 0;) {
      body = ir::add_block(p, reductions[n].before, body);
      body = ir::add_allocate(p, p[reductions[n].sum].of, body);
    }
    reductions = {};
    nests = ir::add_block(p, nests, loops(axes, body, false));
  }

  /// The program of all stages.
  constexpr ir::program done() {
    p.root = nests;
    for (std::size_t b = p.buffers.size(); b-- > 1;) {
      ir::buffer const& tensor = p.buffers[b];
      if (tensor.use == ir::role::temporary && !tensor.accumulates) {
        p.root = ir::add_allocate(p, static_cast<ir::buffer_id>(b), p.root);
      }
    }
    return p;
  }

 private:
  struct pending {
    ir::access_id sum{};
    ir::node_id before{};
  };
  static_vector<pending, 8> reductions{};

  constexpr ir::access_id accumulator(ir::buffer_id stage, element type, std::string_view what) {
    text name{};
    name << p[stage].name << "." << what;
    if (!reductions.empty()) name << reductions.size() + 1;
    ir::buffer made{.name = label{std::string_view(name)}, .type = type, .accumulates = true};
    return p.add(ir::access{.of = p.add(made)});
  }
  constexpr ir::node_id combined(ir::reduction_id r, int which, few<ir::access_id> state, few<ir::node_id> terms) {
    ir::substitution s{};
    std::int64_t n = 0;
    for (ir::access_id a : state) s.formal(n++, ir::add_load(p, a));
    for (ir::node_id t : terms) s.formal(n++, t);
    return ir::clone_value(p, p[r].combine[which], s);
  }
  constexpr ir::node_id loops(few<ir::axis_id> axes, ir::node_id body, bool reduce) {
    for (std::size_t n = axes.size(); n-- > 0;) {
      ir::axis_id const a = axes.begin()[n];
      p[a].reduces = reduce;
      body = ir::add_loop(p, a, body);
    }
    return body;
  }
};

/// y(i) = x(i)
constexpr ir::program copy(int n) {
  maker m{};
  auto const x = m.input("x", {n});
  auto const y = m.output("y", {n});
  auto const i = m.axis(y, "i", n);
  m.stage(y, {i}, m.load(x, {m.at(i)}));
  return m.done();
}

/// y(i, j) = x(j, i)
constexpr ir::program transposed(int rows, int columns) {
  maker m{};
  auto const x = m.input("x", {columns, rows});
  auto const y = m.output("y", {rows, columns});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  m.stage(y, {i, j}, m.load(x, {m.at(j), m.at(i)}));
  return m.done();
}

/// y(i, j) = max(sum(k, x(i, k) * w(k, j)) + b(j), 0)
constexpr ir::program dense_relu(int rows, int columns, int depth) {
  maker m{};
  auto const x = m.input("x", {rows, depth});
  auto const w = m.input("w", {depth, columns});
  auto const b = m.input("b", {columns});
  auto const y = m.output("y", {rows, columns});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  auto const k = m.axis(y, "k", depth);
  auto const ci = m.at(i), cj = m.at(j), ck = m.at(k);
  auto const sum = m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {ci, ck}), m.load(w, {ck, cj})));
  m.stage(y, {i, j}, m.binary(ir::op::max, m.binary(ir::op::add, sum, m.load(b, {cj})), m.number(0)));
  return m.done();
}

/// y(i, j) = sum(k, x(i, k) * w(k, j))
constexpr ir::program matmul(int rows, int columns, int depth) {
  maker m{};
  auto const x = m.input("x", {rows, depth});
  auto const w = m.input("w", {depth, columns});
  auto const y = m.output("y", {rows, columns});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", columns);
  auto const k = m.axis(y, "k", depth);
  auto const ci = m.at(i), cj = m.at(j), ck = m.at(k);
  m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {ci, ck}), m.load(w, {ck, cj}))));
  return m.done();
}

/// matmul with rows known when the kernel is called: parameter 1, at most `bound`.
constexpr ir::program matmul_of_rows(int bound, int columns, int depth, int divisor = 1) {
  maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M", .bound = bound, .divisor = divisor}));
  auto const n = ir::add_index(m.p, columns), d = ir::add_index(m.p, depth);
  auto const x = m.tensor("x", element::f32, ir::role::input, {rows, d});
  auto const w = m.tensor("w", element::f32, ir::role::input, {d, n});
  auto const y = m.tensor("y", element::f32, ir::role::output, {rows, n});
  auto const i = m.axis(y, "i", rows);
  auto const j = m.axis(y, "j", n);
  auto const k = m.axis(y, "k", d);
  auto const ci = m.at(i), cj = m.at(j), ck = m.at(k);
  m.stage(y, {i, j}, m.sum(y, {k}, m.binary(ir::op::mul, m.load(x, {ci, ck}), m.load(w, {ck, cj}))));
  return m.done();
}

/// bx(y, x) = in(y, x) + in(y, x + 1) + in(y, x + 2); by(y, x) = bx(y, x) + bx(y + 1, x) + bx(y + 2, x)
constexpr ir::program blur(int rows, int columns) {
  maker m{};
  auto const in = m.input("in", {rows + 2, columns + 2});
  auto const by = m.output("by", {rows, columns});
  auto const bx = m.temporary("bx", {rows + 2, columns});
  auto const sum_of_three = [&](ir::buffer_id from, ir::node_id y, ir::node_id x, bool down) {
    ir::node_id sum = m.load(from, {y, x});
    for (int n = 1; n < 3; ++n) {
      ir::node_id const shifted = ir::add_index(m.p, ir::op::add, down ? y : x, n);
      sum = m.binary(ir::op::add, sum, down ? m.load(from, {shifted, x}) : m.load(from, {y, shifted}));
    }
    return sum;
  };
  auto const y1 = m.axis(bx, "y", rows + 2), x1 = m.axis(bx, "x", columns);
  m.stage(bx, {y1, x1}, sum_of_three(in, m.at(y1), m.at(x1), false));
  auto const y2 = m.axis(by, "y", rows), x2 = m.axis(by, "x", columns);
  m.stage(by, {y2, x2}, sum_of_three(bx, m.at(y2), m.at(x2), true));
  return m.done();
}

/// y(i) = x(i - 1) + x(i + 1), where x is 0 outside
constexpr ir::program padded_neighbours(int n) {
  maker m{};
  auto const x = m.input("x", {n});
  auto const y = m.output("y", {n});
  auto const i = m.axis(y, "i", n);
  auto const before = m.load_or(x, {ir::add_index(m.p, ir::op::add, m.at(i), -1)}, m.number(0));
  auto const after = m.load_or(x, {ir::add_index(m.p, ir::op::add, m.at(i), 1)}, m.number(0));
  m.stage(y, {i}, m.binary(ir::op::add, before, after));
  return m.done();
}

/// y(i) = the first k at which x(i, k) is greatest
constexpr ir::program row_argmax(int rows, int columns) {
  maker m{};
  auto const x = m.input("x", {rows, columns});
  auto const y = m.tensor("y", element::i64, ir::role::output, {rows});
  auto const i = m.axis(y, "i", rows);
  auto const k = m.axis(y, "k", columns);
  m.stage(y, {i}, m.argmax(y, k, m.load(x, {m.at(i), m.at(k)})));
  return m.done();
}

/// s(i) = x(i); t(i) = sum(k, s(i)); y(j) = sum(m, t((j + 1) % M)). If M is 0, which i and m count in, nothing divides by it.
constexpr ir::program wrapped_at_run_time() {
  maker m{};
  auto const rows = ir::add_parameter(m.p, m.p.add(ir::parameter{.name = "M"}));
  auto const x = m.tensor("x", element::f32, ir::role::input, {rows});
  auto const y = m.output("y", {3});
  auto const s = m.tensor("s", element::f32, ir::role::temporary, {rows});
  auto const t = m.tensor("t", element::f32, ir::role::temporary, {rows});
  auto const i = m.axis(s, "i", rows);
  m.stage(s, {i}, m.load(x, {m.at(i)}));
  auto const i2 = m.axis(t, "i", rows), k = m.axis(t, "k", 2);
  m.stage(t, {i2}, m.sum(t, {k}, m.load(s, {m.at(i2)})));
  auto const j = m.axis(y, "j", 3), again = m.axis(y, "m", rows);
  auto const next = ir::add_index(m.p, ir::op::floor_mod, ir::add_index(m.p, ir::op::add, m.at(j), 1), rows);
  m.stage(y, {j}, m.sum(y, {again}, m.load(t, {next})));
  return m.done();
}

/// Arguments of the program with small whole numbers in its inputs, so that sums of floats are exact.
constexpr ir::image filled(ir::program const& p, std::vector<std::int64_t> const& parameters = {}, unsigned seed = 1) {
  ir::image data = ir::image_of(p, parameters);
  std::uint32_t state = seed * 2654435761u + 12345u;
  for (std::size_t b = 1; b <= p.arguments; ++b) {
    ir::buffer const& tensor = p.buffers[b];
    if (tensor.use != ir::role::input && tensor.use != ir::role::updated) continue;
    ir::image::contents& c = data.buffers[b];
    for (std::size_t n = 0; n < c.values.size(); ++n) {
      state = state * 1664525u + 1013904223u;
      std::int64_t const drawn = static_cast<std::int64_t>(state >> 24) % 9;
      bool const no_sign = ir::is_unsigned(tensor.type);
      c.values[n] = ir::is_float(tensor.type) ? ir::real(tensor.type, static_cast<double>(drawn - 4))
                                              : ir::whole(tensor.type, no_sign ? drawn : drawn - 4);
      c.written[n] = 1;
    }
  }
  return data;
}

/// Whether both programs make the same outputs of the same inputs, and neither faults.
constexpr bool same_outputs(ir::program const& a, ir::program const& b,
                            std::vector<std::int64_t> const& parameters = {}) {
  ir::image const left = ir::evaluate(a, filled(a, parameters));
  ir::image const right = ir::evaluate(b, filled(b, parameters));
  if (!left.fault.empty() || !right.fault.empty() || a.arguments != b.arguments) return false;
  for (std::size_t n = 1; n <= a.arguments; ++n) {
    if (!(left.buffers[n] == right.buffers[n])) return false;
  }
  return true;
}

}  // namespace tenon::programs
