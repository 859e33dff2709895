// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
#pragma once

#include <enshrine/data_availability/matrix.hpp>

#include <cmd/enshrine/progress.hpp>

#include <string>

namespace enshrine::cli {

/// Runs tasks on `threads` threads (0: one per core) and shows each batch of them as a stage of `progress`.
[[nodiscard]] data_availability::ParallelFor parallel_with_progress(unsigned threads, Progress& progress,
                                                                    std::string stage);

}  // namespace enshrine::cli
