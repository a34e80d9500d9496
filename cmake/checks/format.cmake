# The sources are as clang-format leaves them. cmake -D ROOT=... -D CLANG_FORMAT=... -P format.cmake
# Examples and refusals are set by hand: they are read beside the text that explains them.

cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND git -C ${ROOT} ls-files include/*.hpp include/*.inc docs/*.hpp tests/*.hpp tests/*.cpp bench/*.hpp bench/*.cpp
  OUTPUT_VARIABLE files COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" files "${files}")
list(FILTER files EXCLUDE REGEX "^tests/refusals/")
execute_process(COMMAND ${CLANG_FORMAT} --dry-run -Werror ${files}
  WORKING_DIRECTORY ${ROOT} RESULT_VARIABLE status ERROR_VARIABLE said)
if(NOT status EQUAL 0)
  string(REGEX MATCHALL "[^\n]+code should be clang-formatted[^\n]*" places "${said}")
  list(JOIN places "\n" places)
  message(FATAL_ERROR "not formatted, `./dev format` does it:\n${places}")
endif()
