// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
pragma solidity ^0.8.20;

/// Proofs against the data-availability root of an Enshrine block, as da_getProof answers them, and of rows of native
/// matrices. Rules: docs/spec/data_availability.md [DA-ROOT.*], [DA-CODE.*]. The caller brings a root that it trusts.
/// Every function returns, or reverts with what is wrong.
library DataAvailabilityProof {
    uint8 internal constant SCHEME_NATIVE = 0;
    uint8 internal constant SCHEME_KZG = 1;

    /// One blob that a block has published [DA-ROOT.1].
    struct Leaf {
        bytes32 namespace;
        uint8 scheme;
        bytes32 commitment;
        uint64 size;
        uint32 index;
        bytes32 contentRoot;
    }
    struct LeafProof {
        Leaf leaf;
        uint64 position;
        bytes32[] siblings;
    }
    /// What is to be absent: anything in a namespace, or one commitment there.
    struct Item {
        bytes32 namespace;
        bool anyCommitment;
        bytes32 commitment;
    }
    /// Neighbours of what is absent; one that lies beyond an end of the list does not exist [DA-ROOT.5].
    struct Absence {
        bool hasBelow;
        LeafProof below;
        bool hasAbove;
        LeafProof above;
    }
    /// A row of a native matrix and its place under a commitment [DA-CODE.4] [DA-CODE.6].
    struct Row {
        bytes32 rowRoot;
        bytes32 combinationRoot;
        uint64 totalRows;
        uint64 index;
        bytes data;
        bytes32[] siblings;
    }

    error RootMismatch(bytes32 expected, bytes32 got);
    error PositionOutOfRange(uint64 count, uint64 got);
    error WrongSiblingCount(uint256 expected, uint256 got);
    error MissingNeighbour(uint64 leafCount);
    error NeighboursApart(uint64 below, uint64 above);
    error NotBelow(bytes32 namespace, bytes32 commitment);
    error NotAbove(bytes32 namespace, bytes32 commitment);
    error CommitmentMismatch(bytes32 expected, bytes32 got);
    error RowRootMismatch(bytes32 expected, bytes32 got);

    /// [DA-ROOT.4]
    function verifyInclusion(bytes32 root, uint64 leafCount, LeafProof memory proof) internal pure {
        bytes32 reached = listRoot(leafHash(proof.leaf), proof.position, leafCount, proof.siblings);
        requireRoot(root, rootWithCount(leafCount, reached));
    }

    /// [DA-ROOT.5]
    function verifyAbsence(bytes32 root, uint64 leafCount, Item memory item, Absence memory proof) internal pure {
        requireNeighbours(leafCount, proof);
        if (proof.hasBelow) {
            Leaf memory leaf = proof.below.leaf;
            if (compare(leaf, item) >= 0) revert NotBelow(leaf.namespace, leaf.commitment);
            verifyInclusion(root, leafCount, proof.below);
        }
        if (proof.hasAbove) {
            Leaf memory leaf = proof.above.leaf;
            if (compare(leaf, item) <= 0) revert NotAbove(leaf.namespace, leaf.commitment);
            verifyInclusion(root, leafCount, proof.above);
        }
        if (leafCount == 0) requireRoot(root, rootWithCount(0, bytes32(0)));
    }

    /// That the row stands at its index under the commitment. Whether it is a row of the codeword is for whoever has
    /// its combination [DA-CODE.8]: a commitment alone does not say so.
    function verifyRowPosition(bytes32 commitment, Row memory row) internal pure {
        bytes32 committed = sha256(abi.encodePacked(row.rowRoot, row.combinationRoot));
        if (committed != commitment) revert CommitmentMismatch(commitment, committed);
        bytes32 reached =
            listRoot(sha256(abi.encodePacked(uint8(0), row.data)), row.index, row.totalRows, row.siblings);
        if (reached != row.rowRoot) revert RowRootMismatch(row.rowRoot, reached);
    }

    /// [DA-ROOT.1]
    function leafHash(Leaf memory leaf) internal pure returns (bytes32) {
        return sha256(
            abi.encodePacked(
                uint8(0), leaf.namespace, leaf.scheme, leaf.commitment, leaf.size, leaf.index, leaf.contentRoot
            )
        );
    }

    /// [DA-ROOT.3]
    function rootWithCount(uint64 leafCount, bytes32 list) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(2), leafCount, list));
    }

    /// Where leaf and siblings lead in a Merkle list of `count` leaves (RFC 6962's shape over SHA-256): neighbours are
    /// paired level by level, an unpaired last node moves up unchanged.
    function listRoot(bytes32 leaf, uint64 position, uint64 count, bytes32[] memory siblings)
        internal
        pure
        returns (bytes32 reached)
    {
        if (position >= count) revert PositionOutOfRange(count, position);
        uint256 needed = siblingsNeeded(position, count);
        if (siblings.length != needed) revert WrongSiblingCount(needed, siblings.length);
        reached = leaf;
        uint256 used = 0;
        uint256 place = position;
        for (uint256 width = count; width > 1; width = (width + 1) / 2) {
            if ((place ^ 1) < width) {
                bytes32 sibling = siblings[used++];
                reached = place % 2 == 0
                    ? sha256(abi.encodePacked(uint8(1), reached, sibling))
                    : sha256(abi.encodePacked(uint8(1), sibling, reached));
            }
            place /= 2;
        }
    }

    function siblingsNeeded(uint64 position, uint64 count) private pure returns (uint256 needed) {
        uint256 place = position;
        for (uint256 width = count; width > 1; width = (width + 1) / 2) {
            if ((place ^ 1) < width) ++needed;
            place /= 2;
        }
    }

    /// Below (-1), among (0) or above (1) all leaves of the item.
    function compare(Leaf memory leaf, Item memory item) private pure returns (int8) {
        if (leaf.namespace != item.namespace) return leaf.namespace < item.namespace ? int8(-1) : int8(1);
        if (item.anyCommitment || leaf.commitment == item.commitment) return 0;
        return leaf.commitment < item.commitment ? int8(-1) : int8(1);
    }

    function requireNeighbours(uint64 leafCount, Absence memory proof) private pure {
        if (proof.hasBelow && proof.hasAbove) {
            bool consecutive = proof.above.position != 0 && proof.below.position == proof.above.position - 1;
            if (!consecutive) revert NeighboursApart(proof.below.position, proof.above.position);
            return;
        }
        bool atEnd = leafCount == 0;
        if (proof.hasBelow) atEnd = leafCount != 0 && proof.below.position == leafCount - 1;
        if (proof.hasAbove) atEnd = proof.above.position == 0;
        if (!atEnd) revert MissingNeighbour(leafCount);
    }

    function requireRoot(bytes32 expected, bytes32 got) private pure {
        if (expected != got) revert RootMismatch(expected, got);
    }
}
