# No file of the repository holds a path of somebody's machine. cmake -D ROOT=<repository> -P paths.cmake

cmake_minimum_required(VERSION 3.25)

find_program(GIT git REQUIRED)
execute_process(COMMAND ${GIT} -C ${ROOT} grep -nIE "(^|[^A-Za-z0-9_.}/])/(home|root|work|tmp|Users|mnt)[/]"
  OUTPUT_VARIABLE found RESULT_VARIABLE status)
if(status EQUAL 0)
  message(FATAL_ERROR "absolute paths of one machine:\n${found}")
elseif(NOT status EQUAL 1)
  message(FATAL_ERROR "git grep ended with ${status}")
endif()
