// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// What the compiler and the headers of the C++ library expect to find at link time. Nothing here returns: a program
// that gets here has broken one of its own invariants, and its run ends without effect.
#include <enshrine/base/assert.hpp>

#include <sdk/guest/calls.hpp>

#include <cstddef>
#include <string_view>

namespace {

[[noreturn]] void stop(std::string_view why) noexcept {
    enshrine::guest::debug(why);
    enshrine::guest::halt(enshrine::guest::exit_assertion_failed);
}

}  // namespace

namespace enshrine {

void assertion_failed(const char* expression, const char* file, int) noexcept {
    guest::debug(file);
    stop(expression);
}

}  // namespace enshrine

namespace std {

void __throw_length_error(const char* what) {
    stop(what);
}
void __throw_logic_error(const char* what) {
    stop(what);
}
void __throw_out_of_range(const char* what) {
    stop(what);
}
void __throw_out_of_range_fmt(const char* what, ...) {
    stop(what);
}
void __throw_invalid_argument(const char* what) {
    stop(what);
}
void __throw_bad_alloc() {
    stop("bad_alloc");
}
void __throw_bad_array_new_length() {
    stop("bad_array_new_length");
}
void __throw_bad_function_call() {
    stop("bad_function_call");
}
void __throw_bad_optional_access() {
    stop("bad_optional_access");
}
void __throw_bad_variant_access(const char* what) {
    stop(what);
}

}  // namespace std

extern "C" {

void abort() {
    stop("abort");
}
void __cxa_pure_virtual() {
    stop("pure virtual call");
}
// Objects with static storage are never destroyed: halt ends the run.
int __cxa_atexit(void (*)(void*), void*, void*) {
    return 0;
}
void* __dso_handle = nullptr;

}  // extern "C"
