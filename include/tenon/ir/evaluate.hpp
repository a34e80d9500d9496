#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <tenon/ir/apply.hpp>
#include <tenon/ir/build.hpp>
#include <tenon/ir/program.hpp>

namespace tenon::ir {

/// The contents of every buffer of a program while it runs.
struct image {
  struct contents {
    std::vector<std::int64_t> extents{};
    std::vector<scalar> values{};
    std::vector<char> written{};  // not bool: clang 19 cannot evaluate the vector of bools of libstdc++ 12
    constexpr bool operator==(contents const&) const = default;
  };
  std::vector<contents> buffers{};          // by buffer_id
  std::vector<std::int64_t> parameters{};   // by parameter_id
  text fault{};                             // what went wrong, or empty

  constexpr contents& operator[](buffer_id id) { return buffers[static_cast<std::size_t>(id)]; }
  constexpr contents const& operator[](buffer_id id) const { return buffers[static_cast<std::size_t>(id)]; }
};

/// The meaning of a program, executed plainly, one iteration after another. Works in constant evaluation on small shapes.
/// An access outside its buffer and the use of what nobody wrote end it with a fault; to copy that is no use.
class evaluator {
 public:
  constexpr evaluator(program const& what, image& data) : p(what), memory(data), at(what.axes.size() + 1, 0) {}

  constexpr scalar value(node_id id) {
    node const& n = p[id];
    switch (n.what) {
      case op::constant: return is_float(n.type) ? scalar{.real = n.real()} : scalar{.whole = n.value};
      case op::counter: return {.whole = at[n.x]};
      case op::parameter: return {.whole = memory.parameters[n.x]};
      case op::load: return load(n.access());
      case op::cast: return cast(p[n.a].type, n.type, value(n.a));
      case op::select: {
        scalar const chosen = value(n.a);
        scalar const yes = value(n.b);
        scalar const no = value(n.c);
        return chosen.whole != 0 ? yes : no;
      }
      case op::guarded: return value(n.a).whole != 0 ? value(n.b) : value(n.c);
      case op::logical_and: return {.whole = value(n.a).whole != 0 && value(n.b).whole != 0};
      case op::logical_or: return {.whole = value(n.a).whole != 0 || value(n.b).whole != 0};
      case op::multiply_shift: return multiply_shift(value(n.a), value(n.b), value(n.c));
      case op::math: return apply(n.function(), n.type, value(n.a), n.b == node_id::none ? scalar{} : value(n.b));
      case op::call: return call(n);
      default: break;
    }
    if (is_unary(n.what)) return apply(n.what, n.type, value(n.a));
    ensure(is_binary(n.what));
    scalar const a = value(n.a);
    scalar const b = value(n.b);
    if ((n.what == op::div || n.what == op::mod || n.what == op::floor_div || n.what == op::floor_mod) &&
        !is_float(p[n.a].type) && b.whole == 0) {
      fail(text{} << "division by zero");
      return {};
    }
    return apply(n.what, p[n.a].type, a, b);
  }

  constexpr void run(node_id id) {
    if (id == node_id::none || failed()) return;
    node const& n = p[id];
    switch (n.what) {
      case op::store:
        if (n.b == node_id::none || value(n.b).whole != 0) {
          node_id const source = taken(n.a);
          if (is_nothing(source)) return erase(n.access());
          scalar const v = value(source);
          store(n.access(), v);
        }
        break;
      case op::loop: {
        std::int64_t const extent = value(p[n.axis()].extent).whole;
        for (std::int64_t x = 0; x < extent && !failed(); ++x) {
          at[n.x] = x;
          run(n.a);
        }
        break;
      }
      case op::block:
        run(n.a);
        run(n.b);
        break;
      case op::together: together(n.a); break;
      case op::allocate:
        create(n.buffer());
        run(n.a);
        break;
      case op::when: run(value(n.a).whole != 0 ? n.b : n.c); break;
      case op::ahead: run(n.a); break;
      case op::prefetch:
      case op::barrier:
      case op::wait: break;
      case op::tensorized: run(n.a); break;
      default: ensure(false);
    }
  }

  /// Room for the buffer, with nothing in it. An extent of a part may come out negative where the loops that use it never run.
  constexpr void create(buffer_id id) {
    image::contents& c = memory[id];
    c = {};
    std::size_t size = 1;
    for (int d = 0; d < p[id].rank; ++d) {
      std::int64_t const extent = std::max(std::int64_t{0}, value(p[id].extents[d]).whole);
      c.extents.push_back(extent);
      size *= static_cast<std::size_t>(extent);
    }
    c.values.assign(size, scalar{});
    c.written.assign(size, 0);
  }

  constexpr bool failed() const { return !memory.fault.empty(); }

 private:
  constexpr void fail(text const& sentence) {
    if (!failed()) memory.fault = sentence;
  }

  constexpr std::ptrdiff_t offset(access_id id, bool writes) {
    access const& a = p[id];
    std::ptrdiff_t where = 0;
    for (int d = 0; d < a.rank; ++d) {
      std::int64_t const index = value(a.at[d]).whole;
      if (failed()) return -1;
      std::int64_t const extent = memory[a.of].extents[static_cast<std::size_t>(d)];
      if (index < 0 || index >= extent) {
        fail(text{} << p[a.of].name << " is " << (writes ? "written" : "read") << " at index " << index
                    << " of dimension " << d << ", whose extent is " << extent);
        return -1;
      }
      where = where * extent + index;
    }
    return where;
  }

  constexpr scalar load(access_id id) {
    std::ptrdiff_t const where = offset(id, false);
    if (where < 0) return {};
    image::contents const& c = memory[p[id].of];
    if (c.written[static_cast<std::size_t>(where)] == 0) {
      fail(text{} << p[p[id].of].name << " is read at element " << where << ", which nothing has written");
      return {};
    }
    return c.values[static_cast<std::size_t>(where)];
  }

  constexpr void store(access_id id, scalar v) {
    std::ptrdiff_t const where = offset(id, true);
    if (where < 0) return;
    image::contents& c = memory[p[id].of];
    element const type = p[p[id].of].type;
    c.values[static_cast<std::size_t>(where)] = is_float(type) ? real(type, v.real) : whole(type, v.whole);
    c.written[static_cast<std::size_t>(where)] = 1;
  }

  /// The side of a guarded value that is evaluated.
  constexpr node_id taken(node_id id) {
    while (p[id].what == op::guarded) id = value(p[id].a).whole != 0 ? p[id].b : p[id].c;
    return id;
  }
  /// Whether it is an element that nothing has written. Copying one is no fault: the copy holds nothing, either.
  constexpr bool is_nothing(node_id id) {
    if (failed() || p[id].what != op::load) return false;
    std::ptrdiff_t const where = offset(p[id].access(), false);
    return where >= 0 && memory[p[p[id].access()].of].written[static_cast<std::size_t>(where)] == 0;
  }
  constexpr void erase(access_id id) {
    std::ptrdiff_t const where = offset(id, true);
    if (where >= 0) memory[p[id].of].written[static_cast<std::size_t>(where)] = 0;
  }

  /// All stores of a block see what was there before any of them.
  constexpr void together(node_id stores) {
    std::vector<scalar> values{};
    std::vector<access_id> targets{};
    for (node_id rest = stores; rest != node_id::none;) {
      node const& n = p[rest];
      node const& s = n.what == op::block ? p[n.a] : n;
      if (s.b == node_id::none || value(s.b).whole != 0) {
        values.push_back(value(s.a));
        targets.push_back(s.access());
      }
      rest = n.what == op::block ? n.b : node_id::none;
    }
    for (std::size_t n = 0; n < values.size() && !failed(); ++n) store(targets[n], values[n]);
  }

  constexpr scalar call(node const& n) {
    function const& f = p[static_cast<function_id>(n.x)];
    scalar arguments[8]{};
    int count = 0;
    for (node_id rest = n.a; rest != node_id::none; rest = p[rest].b) { arguments[count++] = value(p[rest].a); }
    return f.evaluate(arguments);
  }

  program const& p;
  image& memory;
  std::vector<std::int64_t> at;
};

/// Room for the arguments of a program whose run-time extents are `parameters` (from number 1 on); nothing is written yet.
constexpr image image_of(program const& p, std::vector<std::int64_t> const& parameters = {}) {
  image made{};
  made.parameters.push_back(0);
  for (std::int64_t x : parameters) made.parameters.push_back(x);
  made.buffers.assign(p.buffers.size() + 1, {});
  evaluator run{p, made};
  for (std::size_t b = 1; b <= p.arguments; ++b) run.create(static_cast<buffer_id>(b));
  return made;
}

/// What the program makes of `start`: the contents of all buffers afterwards.
constexpr image evaluate(program const& p, image start) {
  evaluator run{p, start};
  run.run(p.root);
  return start;
}

}  // namespace tenon::ir
