// Looks at what nvcc made of the operators: look FILE.cubin LOG, where the log is what ptxas -v said. Each kernel has to be
// there, and to be what its figures promised.
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <typeinfo>
#include <vector>

#include <tenon/cuda.hpp>

#include "nvcc/cubin/operators.hpp"

namespace {

/// Instructions by the low 9 bits that name them on sm_80 and sm_90.
enum : unsigned {
  ldg = 0x181,
  stg = 0x186,
  lds = 0x184,
  sts = 0x188,
  ldl = 0x183,
  stl = 0x187,
  bar = 0x11d,
  shfl = 0x189,
  ldgsts = 0x1ae,
  hmma = 0x03c,
  ldsm = 0x03b
};

/// One kernel of a cubin.
struct code {
  std::map<unsigned, int> count{};  // of each instruction
  std::map<unsigned, int> of_16{};  // those that move 16 bytes
  int registers = 0;  // these as ptxas says
  std::int64_t shared_bytes = 0;
  bool spills = true;
};

template <class T>
T at(std::vector<char> const& bytes, std::size_t where) {
  T value{};
  if (where + sizeof(T) <= bytes.size()) std::memcpy(&value, bytes.data() + where, sizeof(T));
  return value;
}

/// The kernels of an ELF file, by name: a section .text.NAME has the code, 16 bytes an instruction.
std::map<std::string, code> kernels_of(std::vector<char> const& file) {
  std::map<std::string, code> found{};
  auto const headers = at<std::uint64_t>(file, 0x28);
  auto const size = at<std::uint16_t>(file, 0x3a);
  auto const count = at<std::uint16_t>(file, 0x3c);
  auto const names = at<std::uint64_t>(file, headers + at<std::uint16_t>(file, 0x3e) * size + 0x18);
  for (unsigned n = 0; n < count; ++n) {
    std::size_t const header = headers + n * size;
    std::string const name = file.data() + names + at<std::uint32_t>(file, header);
    auto const begin = at<std::uint64_t>(file, header + 0x18);
    auto const bytes = at<std::uint64_t>(file, header + 0x20);
    if (!name.starts_with(".text.")) continue;
    code& made = found[name.substr(6)];
    for (std::uint64_t i = begin; i + 16 <= begin + bytes; i += 16) {
      unsigned const what = static_cast<unsigned>(at<std::uint64_t>(file, i) & 0x1ff);
      ++made.count[what];
      if ((at<std::uint64_t>(file, i + 8) >> 9 & 7) == 6) ++made.of_16[what];
    }
  }
  return found;
}

/// The number that stands before these words, or 0.
int number_before(std::string const& line, std::string const& words) {
  std::size_t const end = line.find(words);
  if (end == std::string::npos) return 0;
  std::size_t begin = end;
  while (begin > 0 && line[begin - 1] >= '0' && line[begin - 1] <= '9') --begin;
  return std::stoi(line.substr(begin, end - begin));
}

/// What ptxas said of each of them.
void read_log(std::map<std::string, code>& all, std::ifstream& log) {
  code* now = nullptr;
  for (std::string line; std::getline(log, line);) {
    if (std::size_t const name = line.find("Compiling entry function '"); name != std::string::npos) {
      std::size_t const begin = name + 26;
      now = &all[line.substr(begin, line.find('\'', begin) - begin)];
    }
    if (now == nullptr) continue;
    if (line.find("bytes stack frame") != std::string::npos) {
      now->spills = number_before(line, " bytes stack frame") + number_before(line, " bytes spill") != 0;
    }
    if (line.find("Used ") == std::string::npos) continue;
    now->registers = number_before(line, " registers");
    now->shared_bytes = number_before(line, " bytes smem");
  }
}

int wrong = 0;

void expect(bool holds, std::string const& sentence) {
  if (holds) return;
  std::cout << "wrong: " << sentence << "\n";
  ++wrong;
}

/// `turns` is how often the loop runs that is not written out around products of tiles.
template <class Op>
void look_at(std::map<std::string, code>& all, std::string const& name, int exchanges, int turns = 0) {
  constexpr tenon::cuda::figures promised = tenon::cuda::kernel<Op>::figures();
  code* found = nullptr;
  // A type of ours among its arguments is abbreviated in the symbol.
  std::string const spelled = typeid(Op).name();
  for (auto& [symbol, made] : all) {
    if (symbol.find(spelled.substr(0, spelled.find("N5tenon"))) != std::string::npos) found = &made;
  }
  if (found == nullptr) return expect(false, name + " is not there");
  std::cout << name << ": " << found->registers << " registers of " << promised.registers << " promised, "
            << found->shared_bytes << " bytes shared, 16 bytes at a time: " << found->of_16[ldg] << " of "
            << found->count[ldg] << " loads, " << found->of_16[stg] << " of " << found->count[stg] << " stores, "
            << found->of_16[lds] << " of " << found->count[lds] << " shared loads; barriers " << found->count[bar]
            << ", exchanges " << found->count[shfl] << ", copies ahead " << found->of_16[ldgsts] << " of "
            << found->count[ldgsts] << " of 16 bytes, products of tiles " << found->count[hmma] << ", their operands "
            << found->count[ldsm] << "\n";
  expect(found->count[ldl] + found->count[stl] == 0, name + " uses local memory");
  expect(!found->spills, name + " has a stack or spills");
  expect(found->registers > 0 && found->registers <= promised.registers, name + " takes more registers than promised");
  expect(found->shared_bytes == promised.shared_bytes, name + " takes another amount of shared memory than promised");
  expect((found->of_16[ldg] > 0) == (promised.loads.of_16 > 0), name + ": loads of 16 bytes are not as promised");
  expect((found->of_16[stg] > 0) == (promised.stores.of_16 > 0), name + ": stores of 16 bytes are not as promised");
  expect((found->of_16[lds] > 0) || promised.shared_loads.of_16 == 0, name + ": no shared load of 16 bytes");
  expect((found->count[bar] > 0) == (promised.barriers > 0), name + ": barriers are not as promised");
  expect((found->count[ldgsts] > 0) == (promised.copies.count() > 0), name + ": copies ahead are not as promised");
  expect((found->of_16[ldgsts] > 0) == (promised.copies.of_16 > 0), name + ": copies of 16 bytes are not as promised");
  expect(found->count[hmma] * turns == promised.warp_instructions, name + ": products of tiles are not as promised");
  expect(found->count[ldsm] * turns == promised.matrix_loads, name + ": operands of tiles are not as promised");
  expect(found->count[shfl] == exchanges, name + ": lanes exchange at another number of places");
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::ifstream in(arguments[1], std::ios::binary);
  std::vector<char> const file{std::istreambuf_iterator<char>(in), {}};
  std::map<std::string, code> all = kernels_of(file);
  std::ifstream log(arguments[2]);
  read_log(all, log);
  look_at<looked_at::elementwise>(all, "elementwise", 0);
  look_at<looked_at::row_softmax>(all, "softmax", 10);
  look_at<looked_at::product>(all, "sgemm", 0);
  look_at<looked_at::product_ahead>(all, "sgemm, copied ahead", 0);
  look_at<looked_at::tensor_product>(all, "gemm on tensor cores", 0, 512 / 32);
  look_at<looked_at::tensor_product_across>(all, "gemm on tensor cores, across", 0, 512 / 32);
  return wrong == 0 ? 0 : 1;
}
