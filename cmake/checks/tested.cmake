# Every header has its test at the same path. cmake -D ROOT=<repository> -P tested.cmake
# Umbrellas hold nothing to test, and a header that only gathers others is one.

cmake_minimum_required(VERSION 3.25)

set(missing "")
file(GLOB_RECURSE headers RELATIVE ${ROOT}/include/tenon ${ROOT}/include/tenon/*.hpp)
foreach(header IN LISTS headers)
  file(STRINGS ${ROOT}/include/tenon/${header} code REGEX "^ *[^ /#]")
  string(REGEX REPLACE "\\.hpp$" ".test.cpp" test ${header})
  if(code AND NOT EXISTS ${ROOT}/tests/${test})
    string(APPEND missing "  include/tenon/${header} has no tests/${test}\n")
  endif()
endforeach()
if(missing)
  message(FATAL_ERROR "headers without a test:\n${missing}")
endif()
