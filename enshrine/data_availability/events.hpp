// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/method_table.hpp>

namespace enshrine::data_availability::events {

inline constexpr system::EventDeclaration matrix_published{
    "MatrixPublished(bytes32 indexed commitment, address indexed publisher, uint64 blobs, uint64 dataBytes, uint256 "
    "fee, "
    "uint64 epoch, uint64 expiresAt)",
    "a matrix is published; the logs of its blobs follow, in its order"};
inline constexpr system::EventDeclaration blob_published{
    "BlobPublished(bytes32 indexed namespace, bytes32 indexed commitment, uint64 size, uint64 firstRow)",
    "one blob of a published matrix: a leaf of the block's data-availability root"};
inline constexpr system::EventDeclaration committee_replaced{"CommitteeReplaced(uint64 indexed epoch, uint64 members)",
                                                             "another committee keeps and certifies new data"};
inline constexpr system::EventDeclaration administrator_changed{
    "AdministratorChanged(address indexed previous, address indexed next)",
    "another account may replace the committee"};
inline constexpr system::EventDeclaration namespace_claimed{
    "NamespaceClaimed(bytes32 indexed namespace, address indexed owner)", "a namespace has got its owner"};
inline constexpr system::EventDeclaration retention_changed{
    "RetentionChanged(bytes32 indexed namespace, uint64 blocks)",
    "data that is published in the namespace from now on is kept that long"};

}  // namespace enshrine::data_availability::events
