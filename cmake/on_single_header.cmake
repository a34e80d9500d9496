# Puts a folder before include/ in which each header that the single header holds is the single header.

set(single ${PROJECT_SOURCE_DIR}/single_include/tenon/tenon.hpp)
set(stand_ins ${PROJECT_BINARY_DIR}/stand_ins)
file(REMOVE_RECURSE ${stand_ins})
file(STRINGS ${single} held REGEX "^// ---- .*\\.hpp$")
list(REMOVE_DUPLICATES held)
foreach(line IN LISTS held)
  string(REPLACE "// ---- " "" header ${line})
  file(WRITE ${stand_ins}/${header} "#include \"${single}\"\n")
endforeach()
target_include_directories(tenon BEFORE INTERFACE $<BUILD_INTERFACE:${stand_ins}>)
set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${single})
