#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/ir/node.hpp>
#include <tenon/support/label.hpp>
#include <tenon/support/refusal.hpp>
#include <tenon/support/static_vector.hpp>

namespace tenon::ir {

inline constexpr int max_rank = 8;
/// Values that one reduction may carry (argmax carries two, Welford three).
inline constexpr int max_reduced = 4;

/// How the iterations of a loop are carried out.
enum class loop_kind : std::uint8_t {
  serial,
  unrolled,
  vectorized,
  parallel,
  block_x,
  block_y,
  block_z,
  thread_x,
  thread_y,
  thread_z,
  virtual_thread
};

/// The variable of one or more loops that stand beside each other: each runs from 0 to `extent` in steps of one.
struct axis {
  label name{};
  buffer_id stage = buffer_id::none;  // the tensor whose computation it belongs to
  node_id extent = node_id::none;     // a constant, or made of parameters
  loop_kind kind = loop_kind::serial;
  std::int8_t stages = 0;             // turns for which copies are there or under way at once; 0: one after another
  bool reduces = false;               // runs over terms of a reduction, not over elements of the stage
  bool operator==(axis const&) const = default;
};

/// Where a buffer lives. `automatic` is decided by `lower::place_buffers`. From `named` on, a memory is that of an entry of
/// the program's table of memories: `named` is entry 0, and is none.
enum class memory : std::uint8_t { argument, automatic, registers, stack, workspace, shared, named };

/// The entry of the table of memories that a memory from `named` on stands for.
constexpr std::size_t entry_of(memory where) {
  return static_cast<std::size_t>(where) - static_cast<std::size_t>(memory::named);
}

/// Who gives a buffer and who reads it. `updated` is read and then written, element by element.
enum class role : std::uint8_t { input, output, temporary, updated };

constexpr bool is_written(role use) { return use == role::output || use == role::updated; }

/// A tensor in memory: dense and row-major, the last dimension contiguous, unless `strided`.
struct buffer {
  label name{};
  element type = element::none;
  std::uint8_t rank = 0;
  role use = role::temporary;
  memory where = memory::automatic;
  bool streaming = false;  // written past the caches
  bool accumulates = false;  // an accumulator of a reduction
  bool strided = false;  // an argument whose outer strides are told at run time; the innermost is 1
  std::int32_t alignment =
      0;  // bytes that the first element, and each row if rows are padded, is aligned to; 0: the element's own
  node_id extents[max_rank]{};  // constants, or made of parameters
  std::int32_t padding[max_rank]{};  // elements added behind each dimension, never meant, only for strides
  node_id origin
      [max_rank]{};  // the tensor's index of the first element, where a step narrowed the buffer to a part; none: 0
  bool operator==(buffer const&) const = default;
};

/// One element of a buffer, named by index expressions.
struct access {
  buffer_id of = buffer_id::none;
  std::uint8_t rank = 0;
  node_id at[max_rank]{};
  bool operator==(access const&) const = default;
};

/// An extent that is known when the kernel is called.
struct parameter {
  label name{};
  std::int64_t bound = 0;  // the largest it may be; 0: any
  std::int64_t divisor = 1;  // what divides it
  bool operator==(parameter const&) const = default;
};

enum class reduction_kind : std::uint8_t { none, sum, product, min, max, any, all, argmin, argmax, custom };

/// How terms are combined. Of the formals of `combine`, the first `values` are the running state and the rest the new term.
struct reduction {
  reduction_kind kind = reduction_kind::none;
  std::uint8_t values = 0;
  node_id identity[max_reduced]{};
  node_id combine[max_reduced]{};
  bool operator==(reduction const&) const = default;
};

/// One value of any element type: `real` if the type is floating, else `whole`.
struct scalar {
  double real = 0;
  std::int64_t whole = 0;
  bool operator==(scalar const&) const = default;
};

/// A C++ function of the user's, called by a kernel.
struct function {
  label name{};
  element result = element::none;
  std::uint8_t arguments = 0;
  scalar (*evaluate)(scalar const*) = nullptr;  // the same function, for `ir::evaluate`
  bool operator==(function const&) const = default;
};

namespace detail {

template <class Id, class Table, class Entry>
constexpr Id append(Table& table, Entry const& entry, char const* what, refusal& refused) {
  if (table.empty()) table.push_back(Entry{});
  if constexpr (requires { entry.name; }) {
    if (entry.name.is_cut() && !refused) {
      refused.sentence
          << "this operator: " << entry.name << " is longer than " << label::capacity
          << " letters; take shorter names, or take apart and fuse fewer loops: names of loops and of partial "
          << "results are made of others";
    }
  }
  if (table.full()) {
    if (!refused) {
      refused.sentence << "this operator: a program holds " << Table::capacity - 1 << " " << what
                       << ", and it needs more; compute it in several operators";
    }
    return Id::none;
  }
  table.push_back(entry);
  return static_cast<Id>(table.size() - 1);
}

}  // namespace detail

/// An operator as a value: nodes in one array, named by their place in it; tables for what nodes refer to.
/// Entry 0 of every table is "none". What does not fit its tables is a refusal.
struct program {
  static_vector<node, 1536> nodes{};
  static_vector<access, 192> accesses{};
  static_vector<axis, 96> axes{};
  static_vector<buffer, 40> buffers{};
  static_vector<parameter, 12> parameters{};
  static_vector<reduction, 10> reductions{};
  static_vector<function, 10> functions{};
  static_vector<label, 16> instructions{};
  static_vector<label, 16> memories{};
  node_id root = node_id::none;
  std::uint8_t arguments = 0;  // buffers 1..arguments are what a caller hands over, in this order
  refusal refused{};  // says nothing unless a pass refused

  constexpr node& operator[](node_id id) { return nodes[static_cast<std::size_t>(id)]; }
  constexpr node const& operator[](node_id id) const { return nodes[static_cast<std::size_t>(id)]; }
  constexpr access& operator[](access_id id) { return accesses[static_cast<std::size_t>(id)]; }
  constexpr access const& operator[](access_id id) const { return accesses[static_cast<std::size_t>(id)]; }
  constexpr ir::axis& operator[](axis_id id) { return axes[static_cast<std::size_t>(id)]; }
  constexpr ir::axis const& operator[](axis_id id) const { return axes[static_cast<std::size_t>(id)]; }
  constexpr ir::buffer& operator[](buffer_id id) { return buffers[static_cast<std::size_t>(id)]; }
  constexpr ir::buffer const& operator[](buffer_id id) const { return buffers[static_cast<std::size_t>(id)]; }
  constexpr ir::parameter& operator[](parameter_id id) { return parameters[static_cast<std::size_t>(id)]; }
  constexpr ir::parameter const& operator[](parameter_id id) const { return parameters[static_cast<std::size_t>(id)]; }
  constexpr ir::reduction& operator[](reduction_id id) { return reductions[static_cast<std::size_t>(id)]; }
  constexpr ir::reduction const& operator[](reduction_id id) const { return reductions[static_cast<std::size_t>(id)]; }
  constexpr ir::function const& operator[](function_id id) const { return functions[static_cast<std::size_t>(id)]; }

  constexpr node_id add(node const& n) { return detail::append<node_id>(nodes, n, "nodes", refused); }
  constexpr access_id add(access const& a) { return detail::append<access_id>(accesses, a, "accesses", refused); }
  constexpr axis_id add(ir::axis const& a) { return detail::append<axis_id>(axes, a, "loops", refused); }
  constexpr buffer_id add(ir::buffer const& b) { return detail::append<buffer_id>(buffers, b, "buffers", refused); }
  constexpr parameter_id add(ir::parameter const& p) {
    return detail::append<parameter_id>(parameters, p, "run-time extents", refused);
  }
  constexpr reduction_id add(ir::reduction const& r) {
    return detail::append<reduction_id>(reductions, r, "reductions", refused);
  }
  constexpr function_id add(ir::function const& f) {
    return detail::append<function_id>(functions, f, "functions", refused);
  }

  constexpr bool operator==(program const&) const = default;
};

/// The same program, refused. A program that is refused already keeps its first sentence.
constexpr program refuse(program const& p, text const& sentence) {
  program made = p;
  if (!made.refused) made.refused.sentence = sentence;
  return made;
}

}  // namespace tenon::ir
