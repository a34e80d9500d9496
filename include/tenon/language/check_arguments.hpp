#pragma once

#include <cstdint>

#include <tenon/language/argument.hpp>
#include <tenon/language/fault.hpp>
#include <tenon/language/number.hpp>
#include <tenon/language/overlap.hpp>
#include <tenon/language/signature.hpp>

namespace tenon {

namespace detail {

/// Checks one call. Each member looks at one argument and says whether it may go on.
struct argument_check {
  signature const& wanted;
  argument* given;
  std::int64_t* values;
  int told_by[12]{};    // of each run-time extent: the argument it came from, ...
  int told_in[12]{};    // ... and the dimension
  bool told[12]{};
  fault found{};

  expectation const& expected(int n) const { return wanted.arguments[static_cast<std::size_t>(n)]; }
  ir::parameter const& parameter(int q) const { return wanted.parameters[static_cast<std::size_t>(q)]; }
  text about(int n) const { return text{} << expected(n).name << ": "; }
  bool refuse(int n, fault_kind kind, text const& sentence) {
    found = {.kind = kind, .argument = n, .sentence = sentence};
    return false;
  }

  // The extents an argument should have, with what is known by now of the run-time ones.
  text shape_expected(int n) const {
    text s{};
    expectation const& e = expected(n);
    for (int d = 0; d < e.rank; ++d) {
      if (d > 0) s << " x ";
      if (e.parameters[d] == 0) s << e.extents[d];
      else s << parameter(e.parameters[d]).name;
    }
    return e.rank == 0 ? s << "one element" : s;
  }
  static text shape_given(argument const& a) {
    text s{};
    for (int d = 0; d < a.rank; ++d) s << (d > 0 ? " x " : "") << a.extents[d];
    return a.rank == 0 ? s << "one element" : s;
  }

  bool element_fits(int n) {
    expectation const& e = expected(n);
    argument& a = given[n];
    if (a.unusable != nullptr) return refuse(n, fault_kind::unusable, about(n) << a.unusable);
    if (e.written && a.read_only) {
      return refuse(n, fault_kind::read_only,
                    about(n) << "const data given for an output; give elements that can be written");
    }
    if (a.type == e.type) return true;
    if (a.number && !e.written && e.rank == 0) {
      a.data = nullptr;
      element const was = a.type;
      if (language::convert_number(a, e.type)) return true;
      return refuse(n, fault_kind::value, about(n) << "a " << was << " given that is no " << e.type << " exactly");
    }
    return refuse(n, fault_kind::type, about(n) << a.type << " elements given, " << e.type << " expected");
  }

  bool rank_fits(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    for (int d = 0; d < a.rank; ++d) {
      if (a.extents[d] < 0) return refuse(n, fault_kind::extent, about(n) << "extent " << d << " is " << a.extents[d]);
    }
    if (a.rank == e.rank || a.flat) return true;
    text s = about(n);
    if (a.pointer || a.number) {
      s << (a.pointer ? "a bare pointer" : "one number") << " given, " << shape_expected(n) << " expected";
      if (a.pointer) s << "; say its shape: view(pointer, {...})";
      return refuse(n, fault_kind::rank, s);
    }
    return refuse(n, fault_kind::rank,
                  s << int(a.rank) << (a.rank == 1 ? " dimension" : " dimensions") << " given (" << shape_given(a)
                    << "), " << int(e.rank) << " expected (" << shape_expected(n) << ")");
  }

  // Takes `extent` for the run-time extent of dimension d, or compares it with the one known.
  bool tell(int n, int d, std::int64_t extent) {
    int const q = expected(n).parameters[d];
    ir::parameter const& limits = parameter(q);
    text where = about(n) << "extent " << d << " (" << limits.name << ") is " << extent << ", ";
    if (told[q] && values[q] != extent) {
      return refuse(n, fault_kind::extent,
                    where << "and extent " << told_in[q] << " of " << expected(told_by[q]).name << " says "
                          << limits.name << " = " << values[q]);
    }
    if (limits.bound > 0 && extent > limits.bound) {
      return refuse(n, fault_kind::extent, where << "at most " << limits.bound << " expected");
    }
    if (limits.divisor > 1 && extent % limits.divisor != 0) {
      return refuse(n, fault_kind::extent, where << "a multiple of " << limits.divisor << " expected");
    }
    if (told[q]) return true;
    told[q] = true;
    told_by[q] = n;
    told_in[q] = d;
    values[q] = extent;
    return true;
  }

  bool extents_fit(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    for (int d = 0; d < e.rank; ++d) {
      if (e.parameters[d] != 0) {
        if (!tell(n, d, a.extents[d])) return false;
      } else if (a.extents[d] != e.extents[d]) {
        return refuse(n, fault_kind::extent,
                      about(n) << "extent " << d << " is " << a.extents[d] << ", expected " << e.extents[d]);
      }
    }
    return true;
  }

  // Elements in a row take the shape expected of them; their number may tell one run-time extent.
  bool row_takes_shape(int n) {
    expectation const& e = expected(n);
    argument& a = given[n];
    std::int64_t const total = a.extents[0];
    std::int64_t known = 1;
    int unknown = -1;
    for (int d = 0; d < e.rank; ++d) {
      int const q = e.parameters[d];
      if (q != 0 && !told[q]) {
        if (unknown >= 0) {
          return refuse(n, fault_kind::rank,
                        about(n) << "elements in a row given, and " << parameter(q).name
                                 << " is not known; say the shape: view(data, {...})");
        }
        unknown = d;
      } else if (__builtin_mul_overflow(known, q == 0 ? e.extents[d] : values[q], &known)) known = INT64_MAX;
    }
    bool const fits = unknown < 0 ? known == total : known > 0 && total % known == 0;
    if (!fits) {
      text s = about(n) << total << " elements in a row given, " << shape_expected(n) << " expected";
      if (unknown < 0 && e.rank > 0) s << ", which are " << known;
      return refuse(n, fault_kind::extent, s);
    }
    if (unknown >= 0 && !tell(n, unknown, total / known)) return false;
    a.rank = e.rank;
    for (int d = 0; d < e.rank; ++d) a.extents[d] = e.parameters[d] == 0 ? e.extents[d] : values[e.parameters[d]];
    a.make_dense();
    return true;
  }

  bool layout_fits(int n) {
    expectation const& e = expected(n);
    argument& a = given[n];
    argument dense = a;
    dense.make_dense();
    if (language::elements_of(a) == 0) {
      a = dense;
      return true;
    }
    if (a.is_null()) {
      return refuse(n, fault_kind::null_data,
                    about(n) << "null data given, " << shape_expected(n) << " " << e.type << " elements expected");
    }
    int const first = e.strided ? a.rank - 1 : 0;  // the first dimension whose stride is fixed
    for (int d = 0; d < a.rank; ++d) {
      if (a.extents[d] <= 1) a.strides[d] = dense.strides[d];
      if (d < first || a.strides[d] == dense.strides[d]) continue;
      text s = about(n) << "stride " << d << " is " << a.strides[d] << ", expected " << dense.strides[d];
      bool const turned = a.rank == 2 && a.strides[0] == 1 && a.strides[1] >= a.extents[0];
      if (turned) s << "; its data are column-major, and row-major is expected";
      else if (d + 1 < a.rank) s << "; copy it into an array, or declare " << e.name << " strided";
      else s << ": neighbours in the last dimension lie side by side; copy it into an array";
      return refuse(n, fault_kind::stride, s);
    }
    if (e.written && e.strided && language::overlaps_itself(a)) {
      return refuse(n, fault_kind::stride,
                    about(n) << "its strides put several elements in one place; an output has a "
                                "place for each");
    }
    return aligned(n);
  }

  bool aligned(int n) {
    expectation const& e = expected(n);
    argument const& a = given[n];
    std::int64_t const needed = e.alignment > ir::bytes_of(e.type) ? e.alignment : ir::bytes_of(e.type);
    auto const rest =
        static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(a.address()) % static_cast<std::uintptr_t>(needed));
    // A copied number has no address of its own to be wrong.
    if (rest != 0 && a.data != nullptr) {
      return refuse(n, fault_kind::alignment,
                    about(n) << "its address is " << rest << " past a multiple of " << needed << "; " << e.type
                             << " data aligned to " << needed << " bytes expected");
    }
    for (int d = 0; e.strided && e.alignment > 0 && d + 1 < a.rank; ++d) {
      std::int64_t const past = a.strides[d] % e.alignment * ir::bytes_of(e.type) % e.alignment;
      if (past != 0 && a.extents[d] > 1) {
        return refuse(n, fault_kind::alignment,
                      about(n) << "stride " << d << " is " << a.strides[d] << " elements; rows aligned to "
                               << e.alignment << " bytes expected");
      }
    }
    return true;
  }

  bool stands_apart(int n) {
    for (int other = 0; other < static_cast<int>(wanted.arguments.size()); ++other) {
      // Two outputs are compared once.
      if (other == n || (expected(other).written && other > n)) continue;
      argument const& a = given[n];
      argument const& b = given[other];
      if ((a.number && a.data == nullptr) || (b.number && b.data == nullptr) || !language::overlap(a, b)) continue;
      if (expected(n).in_place && !expected(other).written && language::same_memory(a, b)) continue;
      return refuse(n, fault_kind::overlap,
                    about(n) << "its memory overlaps that of " << expected(other).name
                             << "; an output has memory of its own");
    }
    return true;
  }

  bool all(int count) {
    int const size = static_cast<int>(wanted.arguments.size());
    if (count != size) {
      text s{};
      s << count << (count == 1 ? " argument given, " : " arguments given, ") << size << " expected: ";
      for (int n = 0; n < size; ++n) s << (n > 0 ? ", " : "") << expected(n).name;
      return refuse(-1, fault_kind::count, s);
    }
    for (int n = 0; n < size; ++n) {
      if (!element_fits(n) || !rank_fits(n)) return false;
    }
    for (int n = 0; n < size; ++n) {
      if (given[n].rank == expected(n).rank && !extents_fit(n)) return false;
    }
    for (int n = 0; n < size; ++n) {
      if (given[n].rank != expected(n).rank && !row_takes_shape(n)) return false;
    }
    for (int n = 0; n < size; ++n) {
      if (!layout_fits(n)) return false;
    }
    for (int n = 0; n < size; ++n) {
      if (expected(n).written && !stands_apart(n)) return false;
    }
    return true;
  }
};

}  // namespace detail

/// Holds the arguments of a call to what a kernel expects, and learns the run-time extents from them: `values[q]` is that of
/// parameter q. Elements in a row get the shape of their tensor, numbers its type, and strides that no element depends on
/// those of dense data.
inline fault check_arguments(signature const& wanted, argument* given, int count, std::int64_t* values) {
  detail::argument_check call{.wanted = wanted, .given = given, .values = values};
  call.all(count);
  return call.found;
}

}  // namespace tenon
