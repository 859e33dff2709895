# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The Enshrine developers
#
# Every library that is not ours, as a target. Debian packages are thirdparty_<name>; blst and ckzg are compiled from
# the sources inside the npm package c-kzg, and trusted_setup holds the text of the KZG ceremony that comes with them.

find_package(Threads REQUIRED)

set(ENSHRINE_SETUP_HINT "run scripts/setup.sh, which installs scripts/packages.txt and the npm lock file")

# enshrine_third_party(NAME HEADER file [LIBRARIES name…] [DEFINITIONS macro…] [LINK target…])
function(enshrine_third_party NAME)
  cmake_parse_arguments(PARSE_ARGV 1 T "" "HEADER" "LIBRARIES;DEFINITIONS;LINK")
  add_library(thirdparty_${NAME} INTERFACE)
  find_path(ENSHRINE_${NAME}_INCLUDE_DIR ${T_HEADER})
  mark_as_advanced(ENSHRINE_${NAME}_INCLUDE_DIR)
  if(NOT ENSHRINE_${NAME}_INCLUDE_DIR)
    message(FATAL_ERROR "${NAME}: header ${T_HEADER} not found; ${ENSHRINE_SETUP_HINT}")
  endif()
  target_include_directories(thirdparty_${NAME} SYSTEM INTERFACE ${ENSHRINE_${NAME}_INCLUDE_DIR})
  foreach(library IN LISTS T_LIBRARIES)
    find_library(ENSHRINE_${library}_LIBRARY ${library})
    mark_as_advanced(ENSHRINE_${library}_LIBRARY)
    if(NOT ENSHRINE_${library}_LIBRARY)
      message(FATAL_ERROR "${NAME}: library ${library} not found; ${ENSHRINE_SETUP_HINT}")
    endif()
    target_link_libraries(thirdparty_${NAME} INTERFACE ${ENSHRINE_${library}_LIBRARY})
  endforeach()
  target_compile_definitions(thirdparty_${NAME} INTERFACE ${T_DEFINITIONS})
  target_link_libraries(thirdparty_${NAME} INTERFACE ${T_LINK})
endfunction()

enshrine_third_party(secp256k1 HEADER secp256k1_recovery.h LIBRARIES secp256k1)
enshrine_third_party(openssl HEADER openssl/evp.h LIBRARIES crypto)
enshrine_third_party(tls HEADER openssl/ssl.h LIBRARIES ssl LINK thirdparty_openssl)
enshrine_third_party(rocksdb HEADER rocksdb/db.h LIBRARIES rocksdb)
enshrine_third_party(boost HEADER boost/beast/version.hpp LINK Threads::Threads)
enshrine_third_party(simdjson HEADER simdjson.h LIBRARIES simdjson)
enshrine_third_party(nlohmann HEADER nlohmann/json.hpp)
# g++ 12 believes that inlined json iterators read members nobody set.
target_compile_options(thirdparty_nlohmann INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
enshrine_third_party(yaml HEADER yaml-cpp/yaml.h LIBRARIES yaml-cpp)
enshrine_third_party(cli11 HEADER CLI/CLI.hpp)
# Debian's libspdlog is compiled against the system's fmt; without these macros every user would compile both again.
enshrine_third_party(spdlog HEADER spdlog/spdlog.h LIBRARIES spdlog fmt
  DEFINITIONS SPDLOG_COMPILED_LIB SPDLOG_SHARED_LIB SPDLOG_FMT_EXTERNAL FMT_SHARED LINK Threads::Threads)
enshrine_third_party(prometheus HEADER prometheus/registry.h LIBRARIES prometheus-cpp-core LINK Threads::Threads)
enshrine_third_party(gtest HEADER gmock/gmock.h LIBRARIES gtest_main gmock gtest LINK Threads::Threads)
enshrine_third_party(rapidcheck HEADER rapidcheck/gtest.h LIBRARIES rapidcheck)
enshrine_third_party(benchmark HEADER benchmark/benchmark.h LIBRARIES benchmark LINK Threads::Threads)

file(STRINGS ${ENSHRINE_boost_INCLUDE_DIR}/boost/version.hpp boost_version REGEX "^#define BOOST_VERSION ")
string(REGEX REPLACE "[^0-9]" "" boost_version "${boost_version}")
if(boost_version LESS 108100)
  message(FATAL_ERROR "boost: 1.81 is needed, ${boost_version} found; ${ENSHRINE_SETUP_HINT}")
endif()

cmake_path(SET kzg_deps NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../node_modules/c-kzg/deps)
set(trusted_setup_text ${kzg_deps}/c-kzg/trusted_setup.txt)
if(NOT EXISTS ${trusted_setup_text})
  message(FATAL_ERROR "blst, c-kzg: sources not found in node_modules; ${ENSHRINE_SETUP_HINT}")
endif()

# __BLST_PORTABLE__ chooses the instructions (ADX or not) at run time: one binary for every x86-64.
add_library(blst STATIC ${kzg_deps}/blst/src/server.c ${kzg_deps}/blst/build/assembly.S)
target_include_directories(blst SYSTEM PUBLIC ${kzg_deps}/blst/bindings)
target_compile_definitions(blst PRIVATE __BLST_PORTABLE__)
target_compile_options(blst PRIVATE -fno-builtin)

add_library(ckzg STATIC ${kzg_deps}/c-kzg/ckzg.c)
target_include_directories(ckzg SYSTEM PUBLIC ${kzg_deps}/c-kzg)
target_link_libraries(ckzg PUBLIC blst)

foreach(target IN ITEMS blst ckzg)
  # -O2 in every build type, since an unoptimised pairing costs more than the tests around it.
  target_compile_options(${target} PRIVATE -w -O2)
  if(ENSHRINE_SANITIZE MATCHES "undefined")
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined)
  endif()
endforeach()

# The text becomes read-only data of whoever links the target, so that a binary needs no file at run time.
set(trusted_setup_dir ${CMAKE_BINARY_DIR}/third_party/trusted_setup)
file(CONFIGURE OUTPUT ${trusted_setup_dir}/enshrine_trusted_setup.h @ONLY CONTENT
[[#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
extern const char enshrine_trusted_setup[]; /* text, closed by a NUL that the size leaves out */
extern const size_t enshrine_trusted_setup_size;
#ifdef __cplusplus
}
#endif
]])
file(CONFIGURE OUTPUT ${trusted_setup_dir}/trusted_setup.S @ONLY CONTENT
[[    .section .rodata
    .balign 64
    .globl enshrine_trusted_setup
    .type enshrine_trusted_setup, @object
enshrine_trusted_setup:
    .incbin "@trusted_setup_text@"
.Lend:
    .byte 0
    .size enshrine_trusted_setup, . - enshrine_trusted_setup

    .balign 8
    .globl enshrine_trusted_setup_size
    .type enshrine_trusted_setup_size, @object
enshrine_trusted_setup_size:
    .quad .Lend - enshrine_trusted_setup
    .size enshrine_trusted_setup_size, 8

    .section .note.GNU-stack, "", @progbits
]])
set_source_files_properties(${trusted_setup_dir}/trusted_setup.S PROPERTIES OBJECT_DEPENDS ${trusted_setup_text})
add_library(trusted_setup STATIC ${trusted_setup_dir}/trusted_setup.S)
target_include_directories(trusted_setup SYSTEM INTERFACE ${trusted_setup_dir})
