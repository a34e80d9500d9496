# The host's half of a kernel, which nvcc makes, starts it as its figures say, over a CUDA runtime that only pretends.
# cmake -D ROOT=<repository> -D NVCC=... -D COMPILER=g++ -D FOLDER=<to work in> -P launch.cmake

cmake_minimum_required(VERSION 3.25)

set(tests ${ROOT}/tests/nvcc/launch)
cmake_path(GET NVCC PARENT_PATH toolkit)
cmake_path(GET toolkit PARENT_PATH toolkit)
# Two files with an operator in common, for two architectures; what is made for them is not compressed, so that it can be read.
foreach(unit IN ITEMS kernels more_kernels)
  execute_process(COMMAND ${NVCC} -std=c++20 -O3 --expt-relaxed-constexpr -gencode=arch=compute_80,code=sm_80
    -gencode=arch=compute_90,code=sm_90 -Xfatbin -compress=false -I${ROOT}/include -I${ROOT}/tests
    -c ${tests}/${unit}.cu -o ${FOLDER}/launch_${unit}.o COMMAND_ERROR_IS_FATAL ANY)
endforeach()
execute_process(COMMAND ${COMPILER} -std=c++20 -Wall -Wextra -I${ROOT}/include -I${ROOT}/tests
  -isystem ${toolkit}/include ${tests}/look.cpp ${FOLDER}/launch_kernels.o ${FOLDER}/launch_more_kernels.o -o ${FOLDER}/launch_look
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${FOLDER}/launch_look COMMAND_ERROR_IS_FATAL ANY)

# What only the reading for the GPU knows is not there for the asking, and the compiler says where it is.
execute_process(COMMAND ${NVCC} -std=c++20 --expt-relaxed-constexpr -arch=sm_90 -I${ROOT}/include -I${ROOT}/tests
  -c ${tests}/unread.cu -o ${FOLDER}/launch_unread.o ERROR_VARIABLE said RESULT_VARIABLE status)
if(status EQUAL 0 OR NOT said MATCHES "#include <tenon/target/cuda/report.hpp> to ask for figures")
  message(FATAL_ERROR "nvcc (${status}):\n${said}")
endif()
