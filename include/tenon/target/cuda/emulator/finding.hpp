#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace tenon::cuda::emulator {

/// A mistake in a kernel that the emulator saw: `what()` names the operator, the block, the thread and the tensor.
class finding : public std::exception {
 public:
  explicit finding(std::string sentence) : sentence_(std::move(sentence)) {}
  char const* what() const noexcept override { return sentence_.c_str(); }

 private:
  std::string sentence_;
};

namespace detail {

template <class T>
constexpr std::string_view spelled_type() {
  return __PRETTY_FUNCTION__;
}

}  // namespace detail

/// The type as the compiler spells it.
template <class T>
std::string name_of_type() {
  std::string_view const here = detail::spelled_type<T>();
  std::string_view const other = detail::spelled_type<int>();
  std::size_t const before = other.rfind("int");
  std::size_t const behind = other.size() - before - 3;
  std::string name(here.substr(before, here.size() - before - behind));
  // Where an operator is a struct of a test's or a program's own file, nobody asks for that.
  for (std::string_view const anonymous : {"(anonymous namespace)::", "{anonymous}::"}) {
    if (std::size_t const at = name.find(anonymous); at != std::string::npos) name.erase(at, anonymous.size());
  }
  return name;
}

/// `(1, 0, 2)`.
inline std::string coordinates(std::int64_t const (&at)[3]) {
  return "(" + std::to_string(at[0]) + ", " + std::to_string(at[1]) + ", " + std::to_string(at[2]) + ")";
}

}  // namespace tenon::cuda::emulator
