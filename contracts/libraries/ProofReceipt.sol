// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
pragma solidity ^0.8.20;

import {DataAvailabilityProof} from "./DataAvailabilityProof.sol";

/// That an Enshrine L1 has verified the proof of a statement, as proof_getReceipt answers it. Rules:
/// docs/spec/proof_registry.md [PRCPT.*], docs/spec/state_tree.md [TREE.*]. The caller brings a state root that it
/// trusts. Every function returns, or reverts with what is wrong.
library ProofReceipt {
    uint8 internal constant MODULE = 8;
    uint8 internal constant LIST_KEY = 4;
    /// Count and root, in front of the peaks [PRCPT.3].
    uint256 internal constant LIST_HEAD_BYTES = 40;
    uint256 internal constant STATE_SIBLINGS_MAX = 256;

    struct Receipt {
        bytes32 statement;
        bytes32 keyId;
        uint64 height;
    }
    struct Proof {
        bytes32 source;
        Receipt receipt;
        uint64 index;
        /// Within the list, from the leaf up.
        bytes32[] siblings;
        /// The list's entry of the state.
        bytes list;
        /// Of that entry within the state tree, from the root down.
        bytes32[] stateSiblings;
    }

    error StateRootMismatch(bytes32 expected, bytes32 got);
    error ListRootMismatch(bytes32 expected, bytes32 got);
    error ListTooShort(uint256 lowest, uint256 got);
    error TooManyStateSiblings(uint256 max, uint256 got);

    /// [PRCPT.6]
    function verify(bytes32 stateRoot, Proof memory proof) internal pure {
        (uint64 count, bytes32 listRoot) = verifyList(stateRoot, proof.source, proof.list, proof.stateSiblings);
        bytes32 reached =
            DataAvailabilityProof.listRoot(leafHash(proof.receipt), proof.index, count, proof.siblings);
        if (reached != listRoot) revert ListRootMismatch(listRoot, reached);
    }

    /// Count and root of the receipts of a source.
    function verifyList(bytes32 stateRoot, bytes32 source, bytes memory list, bytes32[] memory stateSiblings)
        internal
        pure
        returns (uint64 count, bytes32 listRoot)
    {
        bytes32 path = sha256(abi.encodePacked(MODULE, LIST_KEY, source));
        bytes32 reached = stateRootOf(path, sha256(list), stateSiblings);
        if (reached != stateRoot) revert StateRootMismatch(stateRoot, reached);
        if (list.length < LIST_HEAD_BYTES) revert ListTooShort(LIST_HEAD_BYTES, list.length);
        assembly ("memory-safe") {
            count := shr(192, mload(add(list, 32)))
            listRoot := mload(add(list, 40))
        }
    }

    /// [PRCPT.1]
    function leafHash(Receipt memory receipt) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(uint8(0), receipt.statement, receipt.keyId, receipt.height));
    }

    /// Where the leaf of a path leads in the state tree [TREE.2] [TREE.3] [TREE.13].
    function stateRootOf(bytes32 path, bytes32 valueHash, bytes32[] memory siblings)
        internal
        pure
        returns (bytes32 reached)
    {
        if (siblings.length > STATE_SIBLINGS_MAX) revert TooManyStateSiblings(STATE_SIBLINGS_MAX, siblings.length);
        reached = sha256(abi.encodePacked(uint8(0), path, valueHash));
        for (uint256 i = siblings.length; i > 0; --i) {
            bool isRight = (uint256(path) >> (256 - i)) & 1 == 1;
            reached = isRight
                ? sha256(abi.encodePacked(uint8(1), siblings[i - 1], reached))
                : sha256(abi.encodePacked(uint8(1), reached, siblings[i - 1]));
        }
    }
}
