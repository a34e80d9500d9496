# A breakpoint in a user's function that a kernel calls stops there, in optimised code too, and the kernel is seen around it.
# cmake -D ROOT=<repository> -D COMPILER=g++ -D GDB=gdb -D PROGRAM=<to make> -P debugger.cmake

cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${COMPILER} -std=c++20 -O1 -g -pthread -I${ROOT}/include ${ROOT}/tests/debug/user_function.cpp
  -o ${PROGRAM} COMMAND_ERROR_IS_FATAL ANY)

# The first stop is inlined code of `halved`. Then the 64th call of `one_more`, with its argument: half of the last element.
execute_process(COMMAND ${GDB} -batch -nx -ex "set debuginfod enabled off" -ex "set width 0" -ex "break halved" -ex run
  -ex backtrace -ex delete -ex "break one_more" -ex "ignore 2 63" -ex continue -ex "print v" -ex "backtrace -2" -ex continue
  ${PROGRAM} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)
foreach(expected IN ITEMS
    "Breakpoint 1[^\n]*, [^\n]*halved \\("
    "#0 +[^\n]*halved \\([^\n]*user_function\\.cpp"
    "\n#[0-9]+ [^\n]*tenon::cpu::kernel<leaky>::operator\\(\\)[^\n]*\n#[0-9]+ +[^\n]*main \\(\\)"
    "Breakpoint 2, one_more \\(v=31\\.5\\)"
    "\\$1 = 31\\.5\n"
    "the last is 32\\.5\n"
    "exited normally")
  if(NOT said MATCHES "${expected}")
    message(FATAL_ERROR "gdb (${status}) did not say ${expected}, but\n${said}")
  endif()
endforeach()
