#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/schedule/step.hpp>

#include "fuzz/draw_operator.hpp"

namespace tenon::fuzz {

/// Gives every axis a name of its own, so that it can be a member of a struct: `s_i`.
inline void name_apart(ir::program& p) {
  for (std::size_t a = 1; a < p.axes.size(); ++a) {
    text name{};
    name << p[p.axes[a].stage].name << "_" << p.axes[a].name;
    p.axes[a].name = label{std::string_view(name)};
  }
}

/// A drawn operator and its steps as a user would write them: a named struct.
class operator_writer {
 public:
  explicit operator_writer(drawn_operator const& what) : p(what.program), parent(what.program.nodes.size()) {
    ir::each_statement(p, p.root, [&](ir::node_id id) {
      ir::node const& n = p[id];
      if (n.what == ir::op::store) stores.push_back(id);
      for (ir::node_id child : {n.a, n.b}) {
        if (n.what != ir::op::store && child != ir::node_id::none) parent[static_cast<std::size_t>(child)] = id;
      }
    });
  }

  /// Whether everything in it has words in the language.
  bool has_words() const { return spoken; }

  std::string write(std::string const& name, std::vector<step> const& steps) {
    std::string stages{};
    int count = 0;
    for (ir::node_id s : stores) {
      ir::buffer_id const to = p[p[s].access()].of;
      if (p[to].accumulates) continue;
      stages +=
          std::string(count++ == 0 ? "" : ",\n                  ") + access(p[s].access()) + " = " + value(p[s].a);
    }
    std::string all = "struct " + name + " {\n";
    for (std::size_t a = 1; a < p.axes.size(); ++a) {
      std::string const axis(std::string_view(p.axes[a].name));
      all += "  axis<\"" + axis + "\", " + extent(p.axes[a].extent) + "> " + axis + ";\n";
    }
    for (std::size_t b = 1; b < p.buffers.size(); ++b) {
      ir::buffer const& t = p.buffers[b];
      if (t.accumulates || !is_used(static_cast<ir::buffer_id>(b))) continue;
      std::string const tensor(std::string_view(t.name));
      all +=
          std::string(t.use == ir::role::temporary ? "  temporary<\"" : "  tensor<\"") + tensor + "\", " + cpp(t.type);
      for (int d = 0; d < t.rank; ++d) all += ", " + extent(t.extents[d]);
      all += "> " + tensor + ";\n";
    }
    all += "  constexpr auto define() const {\n    return " + (count == 1 ? stages : "stages(" + stages + ")") +
           ";\n  }\n";
    all += "  constexpr auto schedule(cpu_target) const {\n    return steps(";
    for (std::size_t n = 0; n < steps.size(); ++n) all += (n == 0 ? "" : ",\n                 ") + line(steps[n]);
    return all + ");\n  }\n};\n";
  }

 private:
  std::string extent(ir::node_id id) const {
    if (p[id].what == ir::op::constant) return std::to_string(p[id].value);
    ir::parameter const& e = p[p[id].parameter()];
    return "run_time<\"" + std::string(std::string_view(e.name)) + "\", " + std::to_string(e.bound) + ", " +
           std::to_string(e.divisor) + ">";
  }
  static std::string cpp(element e) {
    switch (e) {
      case element::f32: return "float";
      case element::f64: return "double";
      case element::f16: return "half";
      case element::bf16: return "bfloat16";
      case element::boolean: return "bool";
      default: return "std::" + std::string(ir::name_of(e)) + "_t";
    }
  }
  bool is_used(ir::buffer_id b) const {
    for (ir::access const& a : p.accesses) {
      if (a.of == b) return true;
    }
    return false;
  }

  std::string access(ir::access_id id) {
    ir::access const& a = p[id];
    std::string all = std::string(std::string_view(p[a.of].name)) + "(";
    for (int d = 0; d < a.rank; ++d) all += (d == 0 ? "" : ", ") + value(a.at[d]);
    return all + ")";
  }

  std::string value(ir::node_id id) {
    ir::node const& n = p[id];
    auto const infix = [&](char const* sign) { return "(" + value(n.a) + sign + value(n.b) + ")"; };
    auto const called = [&](char const* name) { return name + ("(" + value(n.a)) + ", " + value(n.b) + ")"; };
    switch (n.what) {
      case ir::op::constant:
        return ir::is_float(n.type) ? std::to_string(static_cast<int>(n.real())) : std::to_string(n.value);
      case ir::op::counter: return std::string(std::string_view(p[n.axis()].name));
      case ir::op::parameter: return run_time(n);
      case ir::op::load: return p[p[n.access()].of].accumulates ? reduction(p[n.access()].of) : access(n.access());
      case ir::op::add: return infix(" + ");
      case ir::op::sub: return infix(" - ");
      case ir::op::mul: return infix(" * ");
      case ir::op::floor_mod: return infix(" % ");
      case ir::op::less: return infix(" < ");
      case ir::op::less_equal: return infix(" <= ");
      case ir::op::logical_and: return infix(" && ");
      case ir::op::min: return called("min");
      case ir::op::max: return called("max");
      case ir::op::bit_not: return "~(" + value(n.a) + ")";
      case ir::op::cast: return "cast<" + cpp(n.type) + ">(" + value(n.a) + ")";
      case ir::op::absolute: return "abs(" + value(n.a) + ")";
      case ir::op::select: return "select(" + value(n.a) + ", " + value(n.b) + ", " + value(n.c) + ")";
      case ir::op::guarded: return "guarded(" + value(n.a) + ", " + value(n.b) + ", " + value(n.c) + ")";
      default: spoken = false; return "";
    }
  }
  std::string run_time(ir::node const& n) {
    for (ir::axis const& a : p.axes) {
      if (a.extent == ir::node_id::none || p[a.extent].what != ir::op::parameter || p[a.extent].x != n.x) continue;
      return "extent(" + std::string(std::string_view(a.name)) + ")";
    }
    spoken = false;
    return "";
  }

  /// What an accumulator holds in the end, from the store that updates it.
  std::string reduction(ir::buffer_id sum) {
    for (ir::node_id s : stores) {
      if (p[p[s].access()].of != sum || p[s].reduction() == ir::reduction_id::none) continue;
      ir::reduction const& r = p[p[s].reduction()];
      std::string axes{};
      for (ir::node_id up = parent[static_cast<std::size_t>(s)]; up != ir::node_id::none;
           up = parent[static_cast<std::size_t>(up)]) {
        if (p[up].what == ir::op::loop && p[p[up].axis()].reduces)
          axes = std::string(std::string_view(p[p[up].axis()].name)) + ", " + axes;
      }
      ir::node_id term = p[p[s].a].b;
      std::string word = "sum";
      if (r.kind == ir::reduction_kind::max) word = "maximum";
      if (r.kind == ir::reduction_kind::min) word = "minimum";
      if (r.kind == ir::reduction_kind::argmax) {
        word = "argmax";
        for (ir::node_id other : stores) {
          if (p[other].reduction() == p[s].reduction() && other != s) term = p[p[other].a].b;
        }
      }
      return word + "(" + axes + value(term) + ")";
    }
    spoken = false;
    return "";
  }

  static std::string quoted(std::string_view s) { return "\"" + std::string(s) + "\""; }
  static std::string loop(loop_name const& l) {
    if (l.stage.empty()) return "loop_name{{}, " + quoted(l.loop) + "}";
    return "loop_name{" + quoted(l.stage) + ", " + quoted(l.loop) + "}";
  }
  static std::string line(step const& s) {
    std::string const tail_word = s.policy == tail::exact ? "" : ", tail::" + std::string(name_of(s.policy));
    std::string const tensor = s.tensor.name.empty() ? "" : "tensor_name{" + quoted(s.tensor.name) + "}";
    std::string word(name_of(s.what));
    if (s.what == action::store_at && s.loops.empty()) word = "store_root";
    std::string all = word + "(" + tensor;
    char const* comma = tensor.empty() ? "" : ", ";
    std::size_t const plain = s.what == action::cache && s.loops.size() > 1 ? 1 : s.loops.size();
    for (std::size_t n = 0; n < s.loops.size(); ++n) {
      all += n == plain ? ", order(" : n == 0 ? comma : ", ";
      all += loop(s.loops[n]);
    }
    if (plain < s.loops.size()) all += ")";
    if (s.what == action::specialize) all += quoted(s.word);
    for (std::int64_t n : s.numbers)
      all += (all.back() == '(' ? "" : ", ") +
             (s.what == action::split_parts ? "parts(" + std::to_string(n) + ")" : std::to_string(n));
    if ((s.what == action::place || s.what == action::cache) && !s.word.empty())
      all += ", space::" + std::string(std::string_view(s.word));
    return all + tail_word + ")";
  }

  ir::program const& p;
  std::vector<ir::node_id> parent;
  std::vector<ir::node_id> stores{};
  bool spoken = true;
};

}  // namespace tenon::fuzz
