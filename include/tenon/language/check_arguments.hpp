#pragma once

#include <cstdint>
#include <initializer_list>

#include <tenon/language/argument.hpp>
#include <tenon/language/fault.hpp>
#include <tenon/language/number.hpp>
#include <tenon/language/overlap.hpp>
#include <tenon/language/signature.hpp>
#include <tenon/support/text_view.hpp>

namespace tenon {

namespace detail {

/// A piece of a sentence: words or a number. Sentences are put together in one place, so that checks stay small.
struct piece {
  text_view words{};
  std::int64_t number = 0;

  constexpr piece(char const* w) : words(w) {}
  constexpr piece(text_view w) : words(w) {}
  constexpr piece(label const& name) : words(name) {}
  constexpr piece(text const& t) : words(t) {}
  constexpr piece(element e) : words(ir::name_of(e)) {}
  template <std::integral Number>
  constexpr piece(Number n) : number(static_cast<std::int64_t>(n)) {}
};

/// Checks one call. Each member looks at one argument and says whether it may go on.
struct argument_check {
  signature const& wanted;
  argument* given;
  std::int64_t* values;
  fault& found;
  int told_by[12]{};  // of each run-time extent: 1 + the argument it came from, ...
  int told_in[12]{};  // ... and the dimension

  expectation const& expected(int n) const { return wanted.arguments.items[n]; }
  ir::parameter const& parameter(int q) const { return wanted.parameters.items[q]; }
  bool told(int q) const { return told_by[q] != 0; }
  // The extent that dimension d should have, where it is known.
  std::int64_t extent_of(expectation const& e, int d) const {
    return e.parameters[d] == 0 ? e.extents[d] : values[e.parameters[d]] + e.extents[d];
  }
  // A run-time extent as the operator has it: M, M + 2.
  [[gnu::cold, gnu::noinline]] text run_time_extent_of(int n, int d) const {
    expectation const& e = expected(n);
    text s{};
    s << parameter(e.parameters[d]).name;
    return e.extents[d] == 0 ? s : s << " + " << e.extents[d];
  }

  [[gnu::cold, gnu::noinline]] bool refuse(int n, fault_kind kind, std::initializer_list<piece> pieces) {
    found.kind = kind;
    found.argument = n;
    if (n >= 0) found.sentence << expected(n).name << ": ";
    for (piece const& each : pieces) {
      if (each.words.data() != nullptr) found.sentence << each.words;
      else found.sentence << each.number;
    }
    return false;
  }

  // The extents an argument should have, the run-time ones by name.
  [[gnu::cold, gnu::noinline]] text shape_expected(int n) const {
    text s{};
    expectation const& e = expected(n);
    for (int d = 0; d < e.rank; ++d) {
      if (d > 0) s << " x ";
      if (e.parameters[d] == 0) s << e.extents[d];
      else s << run_time_extent_of(n, d);
    }
    return e.rank == 0 ? s << "one element" : s;
  }
  [[gnu::cold, gnu::noinline]] static text shape_given(argument const& a) {
    text s{};
    for (int d = 0; d < a.rank; ++d) s << (d > 0 ? " x " : "") << a.extents[d];
    return a.rank == 0 ? s << "one element" : s;
  }

  [[gnu::cold, gnu::noinline]] bool element_converts(int n) {
    expectation const& e = expected(n);
    argument& a = given[n];
    if (!a.number || e.written || e.rank != 0) {
      return refuse(n, fault_kind::type, {a.type, " elements given, ", e.type, " expected"});
    }
    a.data = nullptr;
    element const was = a.type;
    if (language::convert_number(a, e.type)) return true;
    return refuse(n, fault_kind::value, {"a number of type ", was, " given that is no ", e.type, " exactly"});
  }

  bool element_fits(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    if (a.unusable != nullptr) return refuse(n, fault_kind::unusable, {a.unusable});
    if (e.written && a.read_only) {
      return refuse(n, fault_kind::read_only, {"const data given for an output; give elements that can be written"});
    }
    return a.type == e.type || element_converts(n);
  }

  bool rank_fits(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    for (int d = 0; d < a.rank; ++d) {
      if (a.extents[d] < 0) return refuse(n, fault_kind::extent, {"extent ", d, " is ", a.extents[d]});
    }
    if (a.rank == e.rank || a.flat) return true;
    if (a.pointer) {
      return refuse(n, fault_kind::rank,
                    {"a bare pointer given, ", shape_expected(n), " expected; say its shape: view(pointer, {...})"});
    }
    if (a.number) return refuse(n, fault_kind::rank, {"one number given, ", shape_expected(n), " expected"});
    return refuse(n, fault_kind::rank,
                  {a.rank, a.rank == 1 ? " dimension given (" : " dimensions given (", shape_given(a), "), ", e.rank,
                   " expected (", shape_expected(n), ")"});
  }

  // Takes `extent` for the run-time extent of dimension d, or compares it with the one known.
  bool tell(int n, int d, std::int64_t extent) {
    int const q = expected(n).parameters[d];
    ir::parameter const& limits = parameter(q);
    std::int64_t const more = expected(n).extents[d];
    std::int64_t const value = extent - more;
    if (told(q)) {
      if (values[q] == value) return true;
      return refuse(n, fault_kind::extent,
                    {"extent ", d, " (", run_time_extent_of(n, d), ") is ", extent, ", and extent ", told_in[q], " of ",
                     expected(told_by[q] - 1).name, " says ", limits.name, " = ", values[q]});
    }
    if (value < 0) return extent_differs(n, d, extent, text{} << "at least " << more);
    if (limits.bound > 0 && value > limits.bound) {
      return extent_differs(n, d, extent, text{} << "at most " << limits.bound + more);
    }
    if (limits.divisor > 1 && value % limits.divisor != 0) {
      text multiple{};
      multiple << "a multiple of " << limits.divisor;
      return extent_differs(n, d, extent, more == 0 ? multiple : multiple << " and " << more);
    }
    told_by[q] = n + 1;
    told_in[q] = d;
    values[q] = value;
    return true;
  }
  [[gnu::cold, gnu::noinline]] bool extent_differs(int n, int d, std::int64_t extent, text const& wish) {
    return refuse(n, fault_kind::extent,
                  {"extent ", d, " (", run_time_extent_of(n, d), ") is ", extent, ", ", wish, " expected"});
  }

  bool extents_fit(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    for (int d = 0; d < e.rank; ++d) {
      if (e.parameters[d] != 0) {
        if (!tell(n, d, a.extents[d])) return false;
      } else if (a.extents[d] != e.extents[d]) {
        return refuse(n, fault_kind::extent, {"extent ", d, " is ", a.extents[d], ", expected ", e.extents[d]});
      }
    }
    return true;
  }

  // Elements in a row take the shape expected of them; their number may tell one run-time extent.
  [[gnu::cold, gnu::noinline]] bool row_takes_shape(int n) {
    expectation const& e = expected(n);
    argument& a = given[n];
    std::int64_t const total = a.extents[0];
    std::int64_t known = 1;
    int unknown = -1;
    for (int d = 0; d < e.rank; ++d) {
      int const q = e.parameters[d];
      if (q != 0 && !told(q)) {
        if (unknown >= 0) {
          return refuse(
              n, fault_kind::rank,
              {"elements in a row given, and ", parameter(q).name, " is not known; say the shape: view(data, {...})"});
        }
        unknown = d;
      } else if (__builtin_mul_overflow(known, extent_of(e, d), &known)) known = INT64_MAX;
    }
    if (unknown < 0 ? known != total : known == 0 || total % known != 0) {
      if (unknown >= 0 || e.rank == 0) {
        return refuse(n, fault_kind::extent, {total, " elements in a row given, ", shape_expected(n), " expected"});
      }
      return refuse(n, fault_kind::extent,
                    {total, " elements in a row given, ", shape_expected(n), " expected, which are ", known});
    }
    if (unknown >= 0 && !tell(n, unknown, total / known)) return false;
    a.rank = e.rank;
    for (int d = 0; d < e.rank; ++d) a.extents[d] = extent_of(e, d);
    a.make_dense();
    return true;
  }

  bool layout_fits(int n) {
    expectation const& e = expected(n);
    argument& a = given[n];
    std::int64_t dense = 1;
    int const first = e.strided ? a.rank - 1 : 0;  // the first dimension whose stride is fixed
    if (language::elements_of(a) == 0) {
      a.make_dense();
      return true;
    }
    if (a.is_null()) {
      return refuse(n, fault_kind::null_data,
                    {"null data given, ", shape_expected(n), e.rank == 0 ? " of type " : " ", e.type,
                     e.rank == 0 ? " expected" : " elements expected"});
    }
    for (int d = a.rank - 1; d >= 0; --d) {
      if (a.extents[d] <= 1) a.strides[d] = dense;
      if (d >= first && a.strides[d] != dense) return stride_differs(n, d, dense);
      if (__builtin_mul_overflow(dense, a.extents[d], &dense)) dense = INT64_MAX;
    }
    if (e.written && e.strided && language::overlaps_itself(a)) {
      return refuse(n, fault_kind::stride,
                    {"its strides put several elements in one place; an output has a place for each"});
    }
    return aligned(n);
  }

  [[gnu::cold, gnu::noinline]] bool stride_differs(int n, int d, std::int64_t dense) {
    argument const& a = given[n];
    if (a.rank == 2 && a.strides[0] == 1 && a.strides[1] >= a.extents[0]) {
      return refuse(n, fault_kind::stride,
                    {"strides 1 and ", a.strides[1], " given, which is column-major; row-major data expected"});
    }
    if (d == a.rank - 1) {
      return refuse(n, fault_kind::stride,
                    {"stride ", d, " is ", a.strides[d],
                     ", expected 1: neighbours in the last dimension lie side by "
                     "side; copy it into an array"});
    }
    return refuse(n, fault_kind::stride,
                  {"stride ", d, " is ", a.strides[d], ", expected ", dense, "; copy it into an array, or declare ",
                   expected(n).name, " strided"});
  }

  bool aligned(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    if (a.data == nullptr) return true;  // a copied number
    std::int64_t const own = ir::bytes_of(e.type);
    std::int64_t const needed = e.alignment > own ? e.alignment : own;
    std::uintptr_t const rest = reinterpret_cast<std::uintptr_t>(a.address()) % static_cast<std::uintptr_t>(needed);
    if (rest != 0) {
      return refuse(n, fault_kind::alignment,
                    {"its address is ", rest, " past a multiple of ", needed, "; ", e.type, " data aligned to ", needed,
                     " bytes expected"});
    }
    for (int d = 0; e.strided && e.alignment > own && d + 1 < a.rank; ++d) {
      if (a.extents[d] <= 1 || a.strides[d] % e.alignment * own % e.alignment == 0) continue;
      return refuse(
          n, fault_kind::alignment,
          {"stride ", d, " is ", a.strides[d], " elements; rows aligned to ", e.alignment, " bytes expected"});
    }
    return true;
  }

  bool stands_apart(int n, int count) {
    argument const& a = given[n];
    language::byte_range const bytes = language::bytes_of_argument(a);
    for (int other = 0; other < count; ++other) {
      // Two outputs are compared once; a copied number is nowhere.
      argument const& b = given[other];
      if (other == n || b.data == nullptr || (expected(other).written && other > n)) continue;
      if (!language::overlap(a, bytes, b, language::bytes_of_argument(b))) continue;
      if (expected(n).in_place && !expected(other).written && language::same_memory(a, b)) continue;
      return refuse(n, fault_kind::overlap,
                    {"its memory overlaps that of ", expected(other).name, "; an output has memory of its own"});
    }
    return true;
  }

  [[gnu::cold, gnu::noinline]] void refuse_count(int count, int size) {
    refuse(-1, fault_kind::count,
           {count, count == 1 ? " argument given, " : " arguments given, ", size, " expected: "});
    for (int n = 0; n < size; ++n) found.sentence << (n > 0 ? ", " : "") << expected(n).name;
  }

  void all(int count) {
    int const size = static_cast<int>(wanted.arguments.size());
    if (count != size) return refuse_count(count, size);
    for (int n = 0; n < size; ++n) {
      if (!element_fits(n) || !rank_fits(n)) return;
    }
    // What has a shape comes first: elements in a row depend on it.
    for (int n = 0; n < size; ++n) {
      if (given[n].rank == expected(n).rank && !extents_fit(n)) return;
    }
    for (int n = 0; n < size; ++n) {
      if (given[n].rank != expected(n).rank && !row_takes_shape(n)) return;
    }
    for (int n = 0; n < size; ++n) {
      if (!layout_fits(n)) return;
    }
    for (int n = 0; n < size; ++n) {
      if (expected(n).written && !stands_apart(n, size)) return;
    }
  }
};

}  // namespace detail

/// Holds the arguments of a call to what a kernel expects, and learns the run-time extents from them: `values[q]` is that of
/// parameter q. Elements in a row get the shape of their tensor, numbers its type, and strides that no element depends on
/// those of dense data.
[[gnu::noinline]] inline fault check_arguments(signature const& wanted, argument* given, int count,
                                               std::int64_t* values) {
  fault found{};
  detail::argument_check{.wanted = wanted, .given = given, .values = values, .found = found}.all(count);
  return found;
}

}  // namespace tenon
