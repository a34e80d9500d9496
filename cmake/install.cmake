# tenon::tenon as an installed package: headers, package config, version file, pkg-config.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(tenon_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/tenon)
install(TARGETS tenon EXPORT tenon-targets)
install(EXPORT tenon-targets NAMESPACE tenon:: DESTINATION ${tenon_package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tenon DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.inc")

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/tenon-config.cmake.in
  ${PROJECT_BINARY_DIR}/tenon-config.cmake INSTALL_DESTINATION ${tenon_package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tenon-config-version.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
configure_file(${PROJECT_SOURCE_DIR}/cmake/tenon.pc.in ${PROJECT_BINARY_DIR}/tenon.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/tenon-config.cmake ${PROJECT_BINARY_DIR}/tenon-config-version.cmake
  DESTINATION ${tenon_package_dir})
install(FILES ${PROJECT_BINARY_DIR}/tenon.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
