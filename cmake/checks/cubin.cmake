# What nvcc makes of the operators is what their figures promise: no spills, no local memory, wide loads, registers, shared memory.
# cmake -D ROOT=<repository> -D NVCC=... -D COMPILER=g++ -D ARCH=90a -D FOLDER=<to work in> -P cubin.cmake

cmake_minimum_required(VERSION 3.25)

set(tests ${ROOT}/tests/nvcc/cubin)
set(made ${FOLDER}/operators_${ARCH})
execute_process(COMMAND ${NVCC} -std=c++20 -O3 --expt-relaxed-constexpr -gencode=arch=compute_${ARCH},code=sm_${ARCH}
  -I${ROOT}/include -I${ROOT}/tests -Xptxas -v -cubin ${tests}/operators.cu -o ${made}.cubin
  ERROR_VARIABLE said RESULT_VARIABLE status)
file(WRITE ${made}.log "${said}")
if(NOT status EQUAL 0 OR said MATCHES "warning")
  message(FATAL_ERROR "nvcc (${status}):\n${said}")
endif()
execute_process(COMMAND ${COMPILER} -std=c++20 -I${ROOT}/include -I${ROOT}/tests ${tests}/look.cpp -o ${made}_look
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${made}_look ${made}.cubin ${made}.log RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the machine code for sm_${ARCH} is not what was promised")
endif()
