#pragma once

#include <tenon/language/fault.hpp>
#if defined(__cpp_exceptions)
#include <exception>
#endif

namespace tenon {

#if defined(__cpp_exceptions)

/// What a kernel throws for arguments it cannot take. `what()` names the argument, what was given and what was expected.
class argument_error : public std::exception {
 public:
  explicit argument_error(fault const& found) : kind_(found.kind), argument_(found.argument) {
    text_view const sentence = found.sentence;
    for (std::size_t at = 0; at < sentence.size(); ++at) sentence_[at] = sentence[at];
  }

  char const* what() const noexcept override { return sentence_; }

  fault_kind kind() const noexcept { return kind_; }
  /// Which argument, counted from 0; -1: none in particular.
  int argument() const noexcept { return argument_; }

 private:
  fault_kind kind_;
  int argument_;
  char sentence_[sizeof(text::letters) + 1]{};
};

/// Throws the fault as an `argument_error`. A program compiled without exceptions stops here; it can ask for the fault instead.
[[noreturn]] inline void raise(fault const& found) { throw argument_error(found); }

#else

[[noreturn]] inline void raise(fault const&) { __builtin_trap(); }

#endif

}  // namespace tenon
