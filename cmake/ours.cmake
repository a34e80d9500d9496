# How our own tests, examples and benches are compiled; a user's targets are left alone.

add_library(tenon_ours INTERFACE)
target_link_libraries(tenon_ours INTERFACE tenon::tenon)
target_compile_options(tenon_ours INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
if(TENON_WERROR)
  target_compile_options(tenon_ours INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 guesses at these from optimised code, and guesses wrong too often to stop a build.
    target_compile_options(tenon_ours INTERFACE -Wno-error=maybe-uninitialized -Wno-error=array-bounds
      -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=psabi)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(tenon_ours INTERFACE -Wno-psabi)
endif()

if(TENON_SANITIZE)
  target_compile_options(tenon_ours INTERFACE -fsanitize=${TENON_SANITIZE} -fno-omit-frame-pointer -g1)
  target_link_options(tenon_ours INTERFACE -fsanitize=${TENON_SANITIZE})
  if(TENON_SANITIZE MATCHES "undefined")
    target_compile_options(tenon_ours INTERFACE -fno-sanitize-recover=undefined)
  endif()
endif()

# A test that could not run. Its command says why; where CI runs, a Debian package that is missing is a failure.
function(tenon_skipped_test name package label)
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -D PACKAGE=${package} -P ${PROJECT_SOURCE_DIR}/cmake/checks/skip.cmake)
  set_tests_properties(${name} PROPERTIES LABELS "${label}" SKIP_REGULAR_EXPRESSION "skipped: ")
endfunction()
