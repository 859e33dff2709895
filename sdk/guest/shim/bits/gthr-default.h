// SPDX-License-Identifier: Apache-2.0
#include <bits/gthr-single.h>
#undef _GLIBCXX_HAS_GTHREADS
