// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once
// The C++ headers were configured for glibc and ask which glibc it is: none.
#define __GLIBC_PREREQ(major, minor) 0
