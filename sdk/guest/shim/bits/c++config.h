// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
// The configuration of the hosted library without the services that a machine with one thread and no kernel lacks.
#include_next <bits/c++config.h>
#undef _GLIBCXX_HAVE_LINUX_FUTEX
#undef _GLIBCXX_HAS_GTHREADS
