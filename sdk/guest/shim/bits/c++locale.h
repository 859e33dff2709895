// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once
// Locales do not exist here; headers that only name the type still compile.
#include <clocale>
namespace std {
typedef int* __c_locale;
}
