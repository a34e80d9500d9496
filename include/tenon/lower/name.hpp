#pragma once

#include <cstddef>

#include <tenon/ir/find.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/schedule/step.hpp>
#include <tenon/support/text_view.hpp>

/// From the names in a schedule to the axes and buffers of a program.
namespace tenon::lower {

/// The axes that a name stands for (several after a pass copied loops apart), or the sentence that says why there are none.
struct named_axes {
  static_vector<ir::axis_id, 96> axes{};
  refusal refused{};

  constexpr ir::axis_id only() const { return axes.empty() ? ir::axis_id::none : axes[0]; }
};

namespace detail {

/// Names in a sentence, one after another, each once, as far as there is room for them.
class name_list {
 public:
  constexpr explicit name_list(text& sentence) : to(sentence) {}

  constexpr void add(label const& name) {
    for (label const& other : said) {
      if (other == name) return;
    }
    if (said.full() || to.size() + label::capacity + 8 > sizeof to.letters) {
      if (!more) to << ", ...";
      more = true;
      return;
    }
    to << (said.empty() ? " " : ", ") << name;
    said.push_back(name);
  }

 private:
  text& to;
  static_vector<label, 32> said{};
  bool more = false;
};

}  // namespace detail

/// Whether a pass made the buffer: such names have a dot, `w.cache`.
constexpr bool is_made(ir::buffer const& b) { return text_view(b.name).contains('.'); }

/// The axes called `name` over which a loop runs in the program. `s` is the line that names it. The loops that fill a copy
/// are found only by its name: `cached(w)[j.inner]`.
constexpr named_axes find_axes(ir::program const& p, step const& s, loop_name const& name) {
  named_axes found{};
  bool used[256]{};
  ir::each_statement(p, p.root, [&](ir::node_id id) {
    if (p[id].what == ir::op::loop) used[p[id].x] = true;
  });
  ir::buffer_id stage = ir::buffer_id::none;
  bool several = false;
  for (std::size_t n = 1; n < p.axes.size(); ++n) {
    ir::axis const& a = p.axes[n];
    if (!used[n] || a.name != name.loop) continue;
    if (name.stage.empty() ? is_made(p[a.stage]) : p[a.stage].name != name.stage) continue;
    several |= stage != ir::buffer_id::none && stage != a.stage;
    if (stage == ir::buffer_id::none) stage = a.stage;
    found.axes.push_back(static_cast<ir::axis_id>(n));
  }
  if (several) {
    found.axes = {};
    found.refused.sentence << s << ": several stages have a loop called " << name.loop << "; say which:";
    ir::buffer_id last = ir::buffer_id::none;
    for (std::size_t n = 1; n < p.axes.size(); ++n) {
      ir::axis const& a = p.axes[n];
      if (!used[n] || a.name != name.loop || a.stage == last || is_made(p[a.stage])) continue;
      found.refused.sentence << (last == ir::buffer_id::none ? " " : " or ") << p[a.stage].name << "[" << name.loop
                             << "]";
      last = a.stage;
    }
  } else if (found.axes.empty()) {
    found.refused.sentence << s << ": no loop is called " << name << "; the loops are";
    detail::name_list names(found.refused.sentence);
    for (std::size_t n = 1; n < p.axes.size(); ++n) {
      if (used[n]) names.add(p.axes[n].name);
    }
  }
  return found;
}

/// The buffer called `name`, or none.
constexpr ir::buffer_id find_buffer(ir::program const& p, tensor_name const& name) {
  for (std::size_t n = 1; n < p.buffers.size(); ++n) {
    if (p.buffers[n].name == name.name) return static_cast<ir::buffer_id>(n);
  }
  return ir::buffer_id::none;
}

/// The refusal of a step that names a tensor which the operator does not have.
constexpr ir::program refuse_unknown_tensor(ir::program p, step const& s) {
  text sentence{};
  sentence << s << ": no tensor is called " << s.tensor << "; the tensors are";
  detail::name_list names(sentence);
  for (std::size_t n = 1; n < p.buffers.size(); ++n) names.add(p.buffers[n].name);
  return ir::refuse(p, sentence);
}

}  // namespace tenon::lower
