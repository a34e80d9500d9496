#include <tenon/target/vta/timeline.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "target/vta/convolution.hpp"
#include "target/vta/small.hpp"

namespace {

using namespace tenon::vta;

// Reads JSON and nothing else; counts the objects.
class json {
 public:
  explicit json(std::string_view all) : all_(all) {}
  bool is_well_formed() {
    bool const right = value();
    space();
    return right && at_ == all_.size();
  }
  int objects = 0;

 private:
  void space() {
    while (at_ < all_.size() && (all_[at_] == ' ' || all_[at_] == '\n')) ++at_;
  }
  bool eat(char c) {
    space();
    if (at_ == all_.size() || all_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool string() {
    if (!eat('"')) return false;
    while (at_ < all_.size() && all_[at_] != '"') {
      if (all_[at_] == '\\' || all_[at_] < ' ') return false;
      ++at_;
    }
    return eat('"');
  }
  template <class Part>
  bool list(char end, Part part) {
    if (eat(end)) return true;
    do {
      if (!part()) return false;
    } while (eat(','));
    return eat(end);
  }
  bool value() {
    space();
    if (at_ == all_.size()) return false;
    if (all_[at_] == '"') return string();
    if (eat('{')) {
      ++objects;
      return list('}', [&] { return string() && eat(':') && value(); });
    }
    if (eat('[')) return list(']', [&] { return value(); });
    std::size_t const begin = at_;
    while (at_ < all_.size() && all_[at_] >= '0' && all_[at_] <= '9') ++at_;
    return at_ > begin;
  }

  std::string_view all_;
  std::size_t at_ = 0;
};

bool is_json_with(std::string const& trace, int objects) {
  json reader(trace);
  return reader.is_well_formed() && reader.objects == objects;
}
// An object for the whole, two for each row and each instruction.
bool is_json() {
  stream const s = small_stream(), large = convolution(resnet18[8], 2);
  return is_json_with(timeline(s), 1 + 2 * (3 + 8)) &&
         is_json_with(timeline(large), 1 + 2 * (3 + static_cast<int>(large.instructions.size()))) &&
         is_json_with(timeline({}), 7);
}
bool tells_json_from_what_is_none() {
  return !json("{\"a\": 1,}").is_well_formed() && !json("[1 2]").is_well_formed() &&
         !json("{\"a\"}").is_well_formed() && json("[]").is_well_formed();
}
bool shows_rows_and_times() {
  std::string const trace = timeline(small_stream());
  run_times const when = times_of(small_stream());
  std::string const gemm = "{\"name\": \"gemm\", \"ph\": \"X\", \"pid\": 1, \"tid\": 1, \"ts\": " +
                           std::to_string(when.instructions[4].begin) +
                           ", \"dur\": 23, \"args\": {\"at\": 4, \"does\": \"gemm";
  return trace.find(gemm) != std::string::npos && trace.find("\"args\": {\"name\": \"store\"}") != std::string::npos &&
         trace.find("\"name\": \"load inp\"") != std::string::npos &&
         trace.find("\"name\": \"finish\"") != std::string::npos;
}

TEST_CASE("timeline") {
  CHECK(tells_json_from_what_is_none());
  CHECK(is_json());
  CHECK(shows_rows_and_times());
}

}  // namespace
