# Stands for a test whose tool or library is missing. cmake -D PACKAGE=libfoo-dev -P skip.cmake
# PACKAGE is the Debian package that would bring it, "none", or "../shared", the folder beside the repository.

cmake_minimum_required(VERSION 3.25)

if(PACKAGE STREQUAL "none")
  message("skipped: what it needs is not on this machine and not in Debian")
elseif(PACKAGE STREQUAL "../shared" AND "$ENV{CI}" STREQUAL "true")
  message(FATAL_ERROR "cannot run without the folder ../shared beside the repository")
elseif(PACKAGE STREQUAL "../shared")
  message("skipped: needs the folder ../shared beside the repository")
elseif("$ENV{CI}" STREQUAL "true")
  message(FATAL_ERROR "cannot run without the Debian package ${PACKAGE}")
else()
  message("skipped: needs the Debian package ${PACKAGE}")
endif()
