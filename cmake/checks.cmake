# The tests that look at the repository or run a compiler themselves, rather than run a program of ours.

set(checks ${PROJECT_SOURCE_DIR}/cmake/checks)
set(tools ${PROJECT_SOURCE_DIR}/tools)

foreach(check IN ITEMS rooms paths tested steps)
  add_test(NAME check/${check} COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR} -P ${checks}/${check}.cmake)
  set_tests_properties(check/${check} PROPERTIES LABELS check)
endforeach()

if(TENON_HAS_CLANG_FORMAT)
  add_test(NAME check/format COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR}
    -D CLANG_FORMAT=${TENON_CLANG_FORMAT} -P ${checks}/format.cmake)
  set_tests_properties(check/format PROPERTIES LABELS check)
else()
  tenon_skipped_test(check/format clang-format-19 check)
endif()

# Each header compiles alone.
set(strict -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Werror -I${PROJECT_SOURCE_DIR}/include)
get_target_property(eigen_include Eigen3::Eigen INTERFACE_INCLUDE_DIRECTORIES)
file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/include/tenon/*.hpp)
foreach(header IN LISTS headers)
  file(STRINGS ${PROJECT_SOURCE_DIR}/include/${header} outside REGEX "^ *# *include *<Eigen/")
  set(flags ${strict})
  if(outside AND NOT TENON_HAS_EIGEN)
    tenon_skipped_test(alone/${header} libeigen3-dev headers)
    continue()
  elseif(outside)
    list(APPEND flags -isystem ${eigen_include})
  endif()
  add_test(NAME alone/${header} COMMAND ${TENON_GXX} ${flags} -fsyntax-only -include ${header} -x c++ /dev/null)
  set_tests_properties(alone/${header} PROPERTIES LABELS headers TIMEOUT 120)
endforeach()

# Each planted mistake is refused in the words it expects, by every compiler here. What is refused does not depend on the
# set of instructions: one will do.
set(one_set -DTENON_CPU_ISAS=2)
file(GLOB refusals CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/refusals/*.cpp)
set(refusal_compilers ${TENON_GXX})
if(TENON_HAS_CLANG)
  list(APPEND refusal_compilers ${TENON_CLANGXX})
endif()
foreach(compiler IN LISTS refusal_compilers)
  cmake_path(GET compiler FILENAME name)
  set(precompiled ${PROJECT_BINARY_DIR}/precompiled/${name})
  add_test(NAME refusals/headers/${name} COMMAND ${tools}/precompile ${precompiled} ${compiler} ${one_set})
  set_tests_properties(refusals/headers/${name} PROPERTIES LABELS refusals TIMEOUT 300 FIXTURES_SETUP precompiled_${name})
  foreach(file IN LISTS refusals)
    cmake_path(GET file STEM mistake)
    set(test refusals/${mistake}/${name})
    add_test(NAME ${test} COMMAND ${tools}/refusal --precompiled ${precompiled} ${file} ${compiler} ${one_set})
    set_tests_properties(${test} PROPERTIES LABELS refusals TIMEOUT 120 FIXTURES_REQUIRED precompiled_${name})
  endforeach()
endforeach()
foreach(file IN LISTS refusals)
  if(TENON_HAS_NVCC)
    cmake_path(GET file STEM mistake)
    add_test(NAME refusals/${mistake}/nvcc COMMAND ${tools}/refusal ${file} ${TENON_NVCC} ${one_set})
    set_tests_properties(refusals/${mistake}/nvcc PROPERTIES LABELS "refusals;nvcc" TIMEOUT 300)
  endif()
endforeach()
if(refusals AND NOT TENON_HAS_CLANG)
  tenon_skipped_test(refusals/clang++ clang-19 refusals)
endif()
if(refusals AND NOT TENON_HAS_NVCC)
  tenon_skipped_test(refusals/nvcc none "refusals;nvcc")
endif()

# The code in the documentation compiles, and prints what stands beside it. The pages of the steps are one program, which
# draws their pictures too.
file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/*.md ${PROJECT_SOURCE_DIR}/docs/*.md)
foreach(page IN LISTS pages)
  file(STRINGS ${page} code REGEX "^```cpp" LIMIT_COUNT 1)
  if(code)
    cmake_path(GET page STEM name)
    add_test(NAME docs/${name} COMMAND ${tools}/snippets ${page} ${TENON_GXX} -DTENON_CPU_ISAS=9)
    set_tests_properties(docs/${name} PROPERTIES LABELS docs TIMEOUT 600)
  endif()
endforeach()
file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/steps/*.md)
add_test(NAME docs/steps COMMAND ${tools}/snippets --pictures ${PROJECT_BINARY_DIR}/pictures ${pages} ${TENON_GXX}
  -DTENON_CPU_ISAS=9)
set_tests_properties(docs/steps PROPERTIES LABELS docs TIMEOUT 600 FIXTURES_SETUP pictures)
if(TENON_HAS_MKDOCS)
  add_test(NAME docs/site COMMAND ${tools}/site ${PROJECT_BINARY_DIR}/pictures ${PROJECT_BINARY_DIR}/site)
  set_tests_properties(docs/site PROPERTIES LABELS docs TIMEOUT 300 FIXTURES_REQUIRED pictures)
else()
  tenon_skipped_test(docs/site "mkdocs python3-pygments" docs)
endif()

# A kernel can be debugged.
if(TENON_HAS_GDB)
  add_test(NAME debug/user_function COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR} -D COMPILER=${TENON_GXX}
    -D GDB=${TENON_GDB} -D PROGRAM=${PROJECT_BINARY_DIR}/debug_user_function -P ${checks}/debugger.cmake)
  set_tests_properties(debug/user_function PROPERTIES LABELS debug TIMEOUT 300)
else()
  tenon_skipped_test(debug/user_function gdb debug)
endif()

# nvcc takes the headers and what an operator is made of; nothing is run.
file(GLOB units CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/nvcc/*.cu)
foreach(file IN LISTS units)
  cmake_path(GET file STEM name)
  if(TENON_HAS_NVCC)
    add_test(NAME nvcc/${name} COMMAND ${TENON_NVCC} -std=c++20 --expt-relaxed-constexpr -arch=sm_90a
      -I${PROJECT_SOURCE_DIR}/include
      -c ${file} -o ${PROJECT_BINARY_DIR}/nvcc_${name}.o)
    set_tests_properties(nvcc/${name} PROPERTIES LABELS nvcc TIMEOUT 300)
  else()
    tenon_skipped_test(nvcc/${name} none nvcc)
  endif()
endforeach()

# What it makes of operators is read from its machine code.
foreach(arch IN ITEMS 80 90 90a)
  if(TENON_HAS_NVCC)
    add_test(NAME nvcc/cubin_sm_${arch} COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR} -D NVCC=${TENON_NVCC}
      -D COMPILER=${TENON_GXX} -D ARCH=${arch} -D FOLDER=${PROJECT_BINARY_DIR} -P ${checks}/cubin.cmake)
    set_tests_properties(nvcc/cubin_sm_${arch} PROPERTIES LABELS nvcc TIMEOUT 300)
  else()
    tenon_skipped_test(nvcc/cubin_sm_${arch} none nvcc)
  endif()
endforeach()

# What it makes for the host starts them.
if(TENON_HAS_NVCC)
  add_test(NAME nvcc/launch COMMAND ${CMAKE_COMMAND} -D ROOT=${PROJECT_SOURCE_DIR} -D NVCC=${TENON_NVCC}
    -D COMPILER=${TENON_GXX} -D FOLDER=${PROJECT_BINARY_DIR} -P ${checks}/launch.cmake)
  set_tests_properties(nvcc/launch PROPERTIES LABELS nvcc TIMEOUT 300)
else()
  tenon_skipped_test(nvcc/launch none nvcc)
endif()

# The single header is what ./dev single would write.
add_test(NAME single/current COMMAND bash -c "diff <('${tools}/single') single_include/tenon/tenon.hpp >/dev/null || \
{ echo 'single_include is behind include: run ./dev single'; exit 1; }" WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(single/current PROPERTIES LABELS single)

# tenon as other projects take it in.
find_program(PKG_CONFIG pkg-config)
foreach(way IN ITEMS find_package add_subdirectory fetch_content single_header pkg_config)
  if(way STREQUAL "pkg_config" AND NOT PKG_CONFIG)
    tenon_skipped_test(package/${way} pkg-config package)
    continue()
  endif()
  add_test(NAME package/${way} COMMAND ${PROJECT_SOURCE_DIR}/tests/package/try ${way} ${PROJECT_BINARY_DIR}
    ${CMAKE_CXX_COMPILER})
  set_tests_properties(package/${way} PROPERTIES LABELS package TIMEOUT 300)
endforeach()
