# Runs an example and compares what it prints with the expected text.
# cmake -D PROGRAM=... -D EXPECTED=... -P output.cmake
# In the expected text `<...>` stands for anything within its line: a time, a thread count.

cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${status}\n${printed}")
endif()

file(READ ${EXPECTED} expected)
string(REGEX REPLACE "([][+.*()^$?|\\\\])" "\\\\\\1" pattern "${expected}")
string(REPLACE "<\\.\\.\\.>" "[^\n]*" pattern "${pattern}")
if(NOT printed MATCHES "^${pattern}$")
  message(FATAL_ERROR "printed:\n${printed}\nexpected (${EXPECTED}):\n${expected}")
endif()
