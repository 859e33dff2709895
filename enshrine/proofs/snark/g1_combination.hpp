// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/proofs/snark/curves.hpp>

#include <vector>

namespace enshrine::proofs {

/// A linear combination of points in the making.
template <class C>
class G1Combination {
public:
    void add(const typename C::G1& point, const typename C::Fr& scalar) {
        points_.push_back(point);
        scalars_.push_back(scalar);
    }
    void add(const G1Combination& other) {
        points_.insert(points_.end(), other.points_.begin(), other.points_.end());
        scalars_.insert(scalars_.end(), other.scalars_.begin(), other.scalars_.end());
    }
    [[nodiscard]] typename C::G1 sum() const {
        if (points_.size() == 1 && scalars_.front() == C::Fr::one()) return points_.front();
        return C::multi_scalar_product(points_, scalars_);
    }
    [[nodiscard]] const std::vector<typename C::G1>& points() const noexcept { return points_; }
    [[nodiscard]] const std::vector<typename C::Fr>& scalars() const noexcept { return scalars_; }

private:
    std::vector<typename C::G1> points_;
    std::vector<typename C::Fr> scalars_;
};

}  // namespace enshrine::proofs
