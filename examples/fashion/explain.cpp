#include "explain.hpp"

#include <fstream>
#include <iostream>
#include <stdexcept>

#include <tenon/target/cpu/report.hpp>

#include "network.hpp"

namespace fashion {

void explain_second_convolution(std::string const& page) {
  std::cout << "The second convolution with its pool, as it became code:\n\n"
            << cpu::kernel<convolution_2>::loop_nest() << "\n"
            << cpu::kernel<convolution_2>::cost();
  std::ofstream out(page);
  out << cpu::html_of<convolution_2>("convolution and pool");
  if (!out.flush()) throw std::runtime_error(page + ": cannot be written");
  std::cout << "\nIts loops after each step of the schedule: " << page << std::endl;
}

}  // namespace fashion
