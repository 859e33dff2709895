// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <bits/gthr-single.h>
#undef _GLIBCXX_HAS_GTHREADS
