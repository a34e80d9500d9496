#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <utility>

#include <tenon/language/argument.hpp>
#include <tenon/language/argument_error.hpp>
#include <tenon/language/shape.hpp>
#include <tenon/language/view.hpp>

namespace tenon {

namespace detail {

// Lists in lists, as deep as an array has dimensions.
template <class T, int Depth>
struct nested_list {
  using type = std::initializer_list<typename nested_list<T, Depth - 1>::type>;
};
template <class T>
struct nested_list<T, 0> {
  using type = T;
};

/// What arrays have in common: elements of their own on a cache line's boundary, dense and row-major.
template <element_type T>
class array_base {
 public:
  using value_type = T;

  array_base(array_base const& other) : array_base(other.extents_) { copy(other); }
  array_base(array_base&& other) noexcept : data_(std::exchange(other.data_, nullptr)), extents_(other.extents_) {}
  array_base& operator=(array_base const& other) {
    if (this == &other) return *this;
    if (extents_ == other.extents_ && data_ != nullptr) copy(other);
    else *this = array_base(other);
    return *this;
  }
  array_base& operator=(array_base&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(extents_, other.extents_);
    return *this;
  }
  ~array_base() { ::operator delete(data_, std::align_val_t{alignment}); }

  T* data() { return data_; }
  T const* data() const { return data_; }
  int rank() const { return extents_.rank; }
  std::int64_t extent(int dimension) const { return extents_[dimension]; }
  shape const& extents() const { return extents_; }
  /// How many objects of type T there are.
  std::int64_t elements() const { return data_ == nullptr ? 0 : extents_.elements(); }

  T* begin() { return data_; }
  T* end() { return data_ + elements(); }
  T const* begin() const { return data_; }
  T const* end() const { return data_ + elements(); }

  /// One element; the indices are not checked.
  template <std::integral... Indices>
  T& operator()(Indices... at) {
    return data_[offset(at...)];
  }
  template <std::integral... Indices>
  T const& operator()(Indices... at) const {
    return data_[offset(at...)];
  }

  void fill(T const& value) {
    for (T& each : *this) each = value;
  }
  bool operator==(array_base const& other) const {
    if (!(extents_ == other.extents_) || elements() != other.elements()) return false;
    for (std::int64_t at = 0; at < elements(); ++at) {
      if (!(data_[at] == other.data_[at])) return false;
    }
    return true;
  }

  tenon::view<T> view()
    requires(elements_in<T> == 1)
  {
    return {data_, extents_};
  }
  tenon::view<T const> view() const
    requires(elements_in<T> == 1)
  {
    return {data_, extents_};
  }
  operator tenon::view<T>()
    requires(elements_in<T> == 1)
  {
    return view();
  }
  operator tenon::view<T const>() const
    requires(elements_in<T> == 1)
  {
    return view();
  }
  argument to_argument() { return described(argument_at(data_)); }
  argument to_argument() const { return described(argument_at(static_cast<T const*>(data_))); }

 protected:
  array_base() : extents_(0) {}
  explicit array_base(shape const& extents) : extents_(extents) {
    for (int d = 0; d < extents.rank; ++d) {
      if (extents[d] < 0) refuse(text{} << "array: extent " << d << " is " << extents[d]);
    }
    auto const count = static_cast<std::size_t>(extents.elements());
    if (count > PTRDIFF_MAX / sizeof(T))
      refuse(text{} << "array: " << extents << " elements are more than there can be");
    data_ = static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t{alignment}, std::nothrow));
    if (data_ == nullptr) {
      refuse(text{} << "array: there is no memory for " << extents << " elements of " << sizeof(T) << " bytes");
    }
    for (std::size_t at = 0; at < count; ++at) ::new (static_cast<void*>(data_ + at)) T{};
  }

  template <int Depth>
  void take(typename nested_list<T, Depth>::type const& lists, T*& to) {
    if constexpr (Depth == 0) {
      *to++ = lists;
    } else {
      int const dimension = rank() - Depth;
      if (static_cast<std::int64_t>(lists.size()) != extents_[dimension]) {
        refuse(text{} << "array: dimension " << dimension << " has " << extents_[dimension]
                      << " elements, and a list of " << lists.size() << " is given");
      }
      for (auto const& each : lists) take<Depth - 1>(each, to);
    }
  }

 private:
  static constexpr std::size_t alignment = 64;
  T* data_ = nullptr;
  shape extents_{};

  static void refuse(text const& sentence) { raise({.kind = fault_kind::outside, .sentence = sentence}); }
  void copy(array_base const& other) {
    for (std::int64_t at = 0; at < other.elements(); ++at) data_[at] = other.data_[at];
  }
  template <std::integral... Indices>
  std::int64_t offset(Indices... at) const {
    std::int64_t sum = 0;
    int d = 0;
    ((sum = sum * extents_[d++] + static_cast<std::int64_t>(at)), ...);
    return sum;
  }
  argument described(argument made) const {
    made.rank = static_cast<std::uint8_t>(rank());
    for (int d = 0; d < rank(); ++d) made.extents[d] = extents_[d];
    if (rank() > 0) made.extents[rank() - 1] *= elements_in<T>;
    made.make_dense();
    return made;
  }
};

}  // namespace detail

/// A tensor in memory of its own: `array<float, 3, 4>`. Elements start as zero; they may be given, `{{1, 2}, {3, 4}}`.
template <element_type T, int... Extents>
class array : public detail::array_base<T> {
  static_assert(sizeof...(Extents) <= 8, "an array has at most eight dimensions");
  static_assert(((Extents > 0) && ...), "the extents of an array are positive");

 public:
  array() : detail::array_base<T>(shape(Extents...)) {}
  array(typename detail::nested_list<T, sizeof...(Extents)>::type lists) : array() {
    T* to = this->data();
    this->template take<sizeof...(Extents)>(lists, to);
  }
};

/// A tensor in memory of its own whose shape is known when the program runs: `array<float> x(rows, columns)`, or
/// `array<float> x{{1, 2}, {3, 4}}` with these elements.
template <element_type T>
class array<T> : public detail::array_base<T> {
 public:
  array() = default;
  template <std::integral... Extents>
    requires(sizeof...(Extents) >= 1 && sizeof...(Extents) <= 8)
  explicit array(Extents... extents) : detail::array_base<T>(shape(extents...)) {}
  explicit array(shape const& extents) : detail::array_base<T>(extents) {}
  array(std::initializer_list<T> list) : detail::array_base<T>(shape(list.size())) {
    T* to = this->data();
    this->template take<1>(list, to);
  }
  array(std::initializer_list<std::initializer_list<T>> lists)
      : detail::array_base<T>(shape(lists.size(), lists.size() == 0 ? 0 : lists.begin()->size())) {
    T* to = this->data();
    this->template take<2>(lists, to);
  }
};

}  // namespace tenon
