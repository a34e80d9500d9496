#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/ir/linear.hpp>
#include <tenon/ir/program.hpp>
#include <tenon/support/static_vector.hpp>

/// Programs as a person would write them down. Nothing here asks that a program be legal: what cannot be read is a question mark.
namespace tenon::show {

namespace detail {

/// How tightly a formula holds together, loosest first; C++'s order.
enum class binding { choice, any, all, bit_or, bit_xor, bit_and, equality, order, shift, sum, product, prefix, whole };

struct phrase {
  std::string words{};
  binding level = binding::whole;

  std::string within(binding least) const { return level < least ? "(" + words + ")" : words; }
};

constexpr binding tighter(binding b) { return static_cast<binding>(static_cast<int>(b) + 1); }

struct infix {
  std::string_view sign{};  // empty: written as a function
  binding level = binding::whole;
};

constexpr infix infix_of(ir::op what) {
  switch (what) {
    case ir::op::add: return {"+", binding::sum};
    case ir::op::sub: return {"-", binding::sum};
    case ir::op::mul: return {"*", binding::product};
    case ir::op::div: return {"/", binding::product};
    case ir::op::mod: return {"%", binding::product};
    case ir::op::bit_and: return {"&", binding::bit_and};
    case ir::op::bit_or: return {"|", binding::bit_or};
    case ir::op::bit_xor: return {"^", binding::bit_xor};
    case ir::op::shift_left: return {"<<", binding::shift};
    case ir::op::shift_right: return {">>", binding::shift};
    case ir::op::equal: return {"==", binding::equality};
    case ir::op::not_equal: return {"!=", binding::equality};
    case ir::op::less: return {"<", binding::order};
    case ir::op::less_equal: return {"<=", binding::order};
    case ir::op::logical_or: return {"||", binding::any};
    default: return {};
  }
}

constexpr std::string_view function_of(ir::op what) {
  switch (what) {
    case ir::op::min: return "min";
    case ir::op::max: return "max";
    case ir::op::floor_div: return "floor_div";
    case ir::op::floor_mod: return "floor_mod";
    case ir::op::absolute: return "abs";
    case ir::op::select: return "select";
    case ir::op::multiply_shift: return "multiply_shift";
    default: return "?";
  }
}

template <class Number>
std::string digits(Number number) {
  char letters[40];
  return {letters, std::to_chars(letters, letters + sizeof letters, number).ptr};
}

}  // namespace detail

/// Writes the values of one program: infix, indices as sums, no more parentheses than needed.
class speller {
 public:
  explicit speller(ir::program const& what) : p(what) {
    for (ir::axis const& a : p.axes) axis_names.emplace_back(std::string_view(a.name));
    std::vector<ir::axis_id> around{};
    std::size_t budget = p.nodes.size();
    tell_apart(p.root, around, budget);
  }

  /// The loop's name; `bx.y` where it stands in another loop called y.
  std::string name(ir::axis_id a) const {
    auto const at = static_cast<std::size_t>(a);
    return at > 0 && at < axis_names.size() ? axis_names[at] : "?";
  }
  std::string name(ir::buffer_id b) const { return std::string(std::string_view(buffer(b).name)); }

  /// The value in full.
  std::string value(ir::node_id id) const {
    left = 2000;
    return formula(id).words;
  }

  /// The value as an operand: in parentheses if it is a sum or binds less.
  std::string factor(ir::node_id id) const {
    left = 2000;
    return formula(id).within(detail::binding::product);
  }

  /// The element that an access names: `x[i, k]`, or `y.sum` if there is just one.
  std::string element(ir::access_id id) const {
    left = 2000;
    return element_of(id);
  }

  ir::node const& node(ir::node_id id) const { return entry(p.nodes, id); }
  ir::access const& access(ir::access_id id) const { return entry(p.accesses, id); }
  ir::buffer const& buffer(ir::buffer_id id) const { return entry(p.buffers, id); }
  ir::axis const& axis(ir::axis_id id) const { return entry(p.axes, id); }
  ir::program const& program() const { return p; }

 private:
  using binding = detail::binding;
  using phrase = detail::phrase;

  template <class T, std::size_t Capacity, class Id>
  static T const& entry(static_vector<T, Capacity> const& table, Id id) {
    static T const nothing{};
    auto const at = static_cast<std::size_t>(id);
    return at < table.size() ? table[at] : nothing;
  }

  /// A loop inside another of its name gets its stage in front.
  void tell_apart(ir::node_id id, std::vector<ir::axis_id>& around, std::size_t& budget) {
    while (id != ir::node_id::none && budget > 0) {
      --budget;
      ir::node const& n = node(id);
      if (n.what == ir::op::block || n.what == ir::op::when) {
        bool const block = n.what == ir::op::block;
        tell_apart(block ? n.a : n.b, around, budget);
        id = block ? n.b : n.c;
      } else if (n.what == ir::op::loop) {
        for (ir::axis_id other : around) {
          if (other != n.axis() && axis(other).name == axis(n.axis()).name) qualify(n.axis());
        }
        around.push_back(n.axis());
        tell_apart(n.a, around, budget);
        around.pop_back();
        return;
      } else if (n.what == ir::op::allocate || n.what == ir::op::tensorized) {
        id = n.a;
      } else {
        return;
      }
    }
  }
  void qualify(ir::axis_id a) {
    std::string_view const stage = buffer(axis(a).stage).name;
    if (stage.empty() || static_cast<std::size_t>(a) >= axis_names.size()) return;
    axis_names[static_cast<std::size_t>(a)] = std::string(stage) + "." + std::string(std::string_view(axis(a).name));
  }

  phrase formula(ir::node_id id) const {
    if (left == 0) return {"..."};
    --left;
    ir::node const& n = node(id);
    if (n.type == ir::index_type && is_sum(n.what) && parts(id) <= 16) return sum(id);
    return plain(n);
  }

  phrase plain(ir::node const& n) const {
    using ir::op;
    switch (n.what) {
      case op::constant: return constant(n);
      case op::counter: return {name(n.axis())};
      case op::parameter: return {std::string(std::string_view(entry(p.parameters, n.parameter()).name))};
      case op::formal: return {"#" + detail::digits(n.value)};
      case op::load: return {element_of(n.access())};
      case op::negate: return {"-" + formula(n.a).within(binding::prefix), binding::prefix};
      case op::bit_not: return {"~" + formula(n.a).within(binding::prefix), binding::prefix};
      case op::logical_not: return {"!" + formula(n.a).within(binding::prefix), binding::prefix};
      case op::cast: return call(ir::name_of(n.type), n);
      case op::math: return call(ir::name_of(n.function()), n);
      case op::call: return user_call(n);
      case op::guarded:
        return {formula(n.a).within(binding::any) + " ? " + formula(n.b).within(binding::any) + " : " +
                    formula(n.c).within(binding::choice),
                binding::choice};
      case op::logical_and: return conjunction(n);
      case op::floor_div:
        if (int looks = 64; is_natural(n.a, looks)) return two(n, {"/", binding::product});
        break;
      case op::floor_mod:
        if (int looks = 64; is_natural(n.a, looks)) return two(n, {"%", binding::product});
        break;
      default: break;
    }
    detail::infix const sign = detail::infix_of(n.what);
    return sign.sign.empty() ? call(detail::function_of(n.what), n) : two(n, sign);
  }

  phrase two(ir::node const& n, detail::infix sign) const {
    std::string words = formula(n.a).within(sign.level);
    words.append(" ").append(sign.sign).append(" ").append(formula(n.b).within(tighter(sign.level)));
    return {words, sign.level};
  }

  phrase call(std::string_view word, ir::node const& n) const {
    std::string words = std::string(word) + "(";
    char const* comma = "";
    for (ir::node_id operand : {n.a, n.b, n.c}) {
      if (operand == ir::node_id::none) continue;
      words += comma + formula(operand).words;
      comma = ", ";
    }
    return {words + ")"};
  }

  phrase user_call(ir::node const& n) const {
    std::string words{std::string_view(entry(p.functions, static_cast<ir::function_id>(n.x)).name)};
    char const* comma = "(";
    for (ir::node_id rest = n.a; rest != ir::node_id::none && left > 0; rest = node(rest).b) {
      words += comma + formula(node(rest).a).words;
      comma = ", ";
    }
    return {words + ")"};
  }

  phrase constant(ir::node const& n) const {
    if (n.type == element::boolean) return {n.value != 0 ? "true" : "false"};
    if (n.type == element::u64) return {detail::digits(static_cast<std::uint64_t>(n.value))};
    bool const narrow = n.type == element::f32 || n.type == element::f16 || n.type == element::bf16;
    std::string const words = !ir::is_float(n.type) ? detail::digits(n.value)
                              : narrow              ? detail::digits(static_cast<float>(n.real()))
                                                    : detail::digits(n.real());
    return {words, words[0] == '-' ? binding::prefix : binding::whole};
  }

  std::string element_of(ir::access_id id) const {
    ir::access const& a = access(id);
    std::string words = name(a.of);
    char const* comma = "[";
    for (int d = 0; d < a.rank; ++d, comma = ", ") words += comma + formula(a.at[d]).words;
    return a.rank > 0 ? words + "]" : words;
  }

  /// `a && b`, and `0 <= i < n` where two of them say so.
  phrase conjunction(ir::node const& n) const {
    std::vector<ir::node_id> all{};
    collect(n, all);
    std::string words{};
    for (std::size_t at = 0; at < all.size(); ++at) {
      ir::node const& low = node(all[at]);
      if (at > 0) words += " && ";
      if (low.what == ir::op::less_equal && at + 1 < all.size() && node(all[at + 1]).what == ir::op::less) {
        ir::node const& high = node(all[at + 1]);
        std::string const middle = formula(low.b).within(binding::shift);
        if (formula(high.a).within(binding::shift) == middle) {
          words +=
              formula(low.a).within(binding::shift) + " <= " + middle + " < " + formula(high.b).within(binding::shift);
          ++at;
          continue;
        }
      }
      words += formula(all[at]).within(tighter(binding::all));
    }
    return {words, binding::all};
  }
  void collect(ir::node const& n, std::vector<ir::node_id>& to) const {
    for (ir::node_id side : {n.a, n.b}) {
      if (node(side).what == ir::op::logical_and && left > 0) {
        --left;
        collect(node(side), to);
      } else {
        to.push_back(side);
      }
    }
  }

  static constexpr bool is_sum(ir::op what) {
    return what == ir::op::add || what == ir::op::sub || what == ir::op::mul || what == ir::op::negate;
  }
  /// At most how many terms the value has as a sum; stops counting at 17, one more than `ir::linear` holds.
  int parts(ir::node_id id, int depth = 0) const {
    ir::node const& n = node(id);
    if (!is_sum(n.what) && n.what != ir::op::cast) return 1;
    if (depth > 24) return 17;
    int const first = parts(n.a, depth + 1);
    return n.b == ir::node_id::none || first > 16 ? first : first + parts(n.b, depth + 1);
  }

  phrase sum(ir::node_id id) const {
    struct item {
      std::int64_t factor;
      phrase words;
    };
    ir::linear const all = ir::linear_of(p, id);
    std::vector<item> items{};
    for (ir::linear::term const& t : all.terms) items.push_back({t.factor, plain(node(t.atom))});
    if (all.constant != 0 || items.empty()) items.push_back({all.constant, {}});
    // What is added comes first: 7 - i, not -i + 7.
    std::size_t first = 0;
    while (first < items.size() && items[first].factor < 0) ++first;
    if (first > 0 && first < items.size()) {
      item const added = items[first];
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(first));
      items.insert(items.begin(), added);
    }

    std::string words{};
    binding level = binding::sum;
    for (item const& i : items) {
      bool const negative = i.factor < 0;
      if (&i != &items.front()) words += negative ? " - " : " + ";
      else if (negative) words += "-";
      std::string const factor =
          detail::digits(negative ? 0 - static_cast<std::uint64_t>(i.factor) : static_cast<std::uint64_t>(i.factor));
      bool const one = i.factor == 1 || i.factor == -1;
      if (i.words.words.empty()) words += factor;
      else if (one) words += i.words.within(negative ? binding::product : binding::sum);
      else words += factor + "*" + i.words.within(binding::prefix);
      if (items.size() == 1) {
        level = negative                ? binding::prefix
                : i.words.words.empty() ? binding::whole
                : one                   ? i.words.level
                                        : binding::product;
      }
    }
    return {words, level};
  }

  /// Whether an index is plainly not negative, so that division rounds as everybody expects.
  bool is_natural(ir::node_id id, int& looks) const {
    ir::node const& n = node(id);
    switch (n.what) {
      case ir::op::constant: return n.value >= 0;
      case ir::op::counter:
      case ir::op::parameter: return true;
      case ir::op::add:
      case ir::op::mul:
      case ir::op::floor_div:
      case ir::op::floor_mod:
      case ir::op::min:
      case ir::op::max: return --looks > 0 && is_natural(n.a, looks) && is_natural(n.b, looks);
      default: return false;
    }
  }

  ir::program const& p;
  std::vector<std::string> axis_names{};
  mutable int left = 0;  // how many more nodes the value may spell
};

}  // namespace tenon::show
