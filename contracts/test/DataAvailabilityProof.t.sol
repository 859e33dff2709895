// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
pragma solidity ^0.8.20;

import {DataAvailabilityProof as Proof} from "../libraries/DataAvailabilityProof.sol";
import {ProofFixtures} from "./ProofFixtures.sol";

/// The library behind calls, so that its reverts can be caught.
contract Verifier {
    function inclusion(bytes32 root, uint64 leafCount, Proof.LeafProof memory proof) external pure {
        Proof.verifyInclusion(root, leafCount, proof);
    }

    function absence(bytes32 root, uint64 leafCount, Proof.Item memory item, Proof.Absence memory proof)
        external
        pure
    {
        Proof.verifyAbsence(root, leafCount, item, proof);
    }

    function row(bytes32 commitment, Proof.Row memory proven) external pure {
        Proof.verifyRowPosition(commitment, proven);
    }
}

contract DataAvailabilityProofTest is ProofFixtures {
    Verifier internal verifier = new Verifier();

    struct Inclusion {
        bytes32 root;
        uint64 leafCount;
        Proof.LeafProof proof;
    }
    struct Absence {
        bytes32 root;
        uint64 leafCount;
        Proof.Item item;
        Proof.Absence proof;
    }

    function inclusion(uint256 i) internal view returns (Inclusion memory out) {
        string memory json = read("inclusions", i);
        out.root = word(json, "root");
        out.leafCount = number(json, "leafCount");
        out.proof = leafProof(json, "entry");
    }

    function absence(uint256 i) internal view returns (Absence memory out) {
        string memory json = read("absences", i);
        out.root = word(json, "root");
        out.leafCount = number(json, "leafCount");
        out.item = Proof.Item(word(json, "namespace"), flag(json, "anyCommitment"), word(json, "commitment"));
        out.proof.hasBelow = flag(json, "hasBelow");
        out.proof.hasAbove = flag(json, "hasAbove");
        if (out.proof.hasBelow) out.proof.below = leafProof(json, "below");
        if (out.proof.hasAbove) out.proof.above = leafProof(json, "above");
    }

    function row(uint256 i) internal view returns (bytes32 commitment, Proof.Row memory out) {
        string memory json = read("rows", i);
        commitment = word(json, "commitment");
        out.rowRoot = word(json, "rowRoot");
        out.combinationRoot = word(json, "combinationRoot");
        out.totalRows = number(json, "totalRows");
        out.index = number(json, "index");
        out.data = vm.parseJsonBytes(json, ".data");
        out.siblings = vm.parseJsonBytes32Array(json, ".siblings");
    }

    // [DA-ROOT.4] Every position of every block with up to 9 leaves; no other position, count or root.
    function test_R4_inclusion() public view {
        uint256 cases = count("inclusions");
        require(cases == 45, "positions of the blocks with 1 to 9 leaves");
        for (uint256 i = 0; i < cases; ++i) {
            Inclusion memory c = inclusion(i);
            verifier.inclusion(c.root, c.leafCount, c.proof);
            requireRefused(c.root ^ bytes32(uint256(1)), c.leafCount, c.proof);
            requireRefused(c.root, c.leafCount + 1, c.proof);
            requireRefused(c.root, c.leafCount - 1, c.proof);
            c.proof.position += 1;
            requireRefused(c.root, c.leafCount, c.proof);
        }
    }

    function requireRefused(bytes32 root, uint64 leafCount, Proof.LeafProof memory proof) internal view {
        try verifier.inclusion(root, leafCount, proof) {
            revert("a damaged inclusion proof holds");
        } catch {}
    }

    function test_R4_every_field_of_a_leaf_counts() public {
        Inclusion memory c = inclusion(count("inclusions") - 2);
        verifier.inclusion(c.root, c.leafCount, c.proof);
        for (uint256 field = 0; field < 7; ++field) {
            Inclusion memory bad = inclusion(count("inclusions") - 2);
            if (field == 0) bad.proof.leaf.namespace ^= bytes32(uint256(1));
            if (field == 1) bad.proof.leaf.scheme ^= 1;
            if (field == 2) bad.proof.leaf.commitment ^= bytes32(uint256(1) << 255);
            if (field == 3) bad.proof.leaf.size += 1;
            if (field == 4) bad.proof.leaf.index += 1;
            if (field == 5) bad.proof.leaf.contentRoot ^= bytes32(uint256(1));
            if (field == 6) bad.proof.siblings[0] ^= bytes32(uint256(1));
            vm.expectPartialRevert(Proof.RootMismatch.selector);
            verifier.inclusion(bad.root, bad.leafCount, bad.proof);
        }
    }

    function test_R4_refusals_are_named() public {
        Inclusion memory c = inclusion(count("inclusions") - 2);
        Proof.LeafProof memory cut = inclusion(count("inclusions") - 2).proof;
        cut.siblings = new bytes32[](c.proof.siblings.length - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                Proof.WrongSiblingCount.selector, c.proof.siblings.length, c.proof.siblings.length - 1
            )
        );
        verifier.inclusion(c.root, c.leafCount, cut);
        Proof.LeafProof memory beyond = inclusion(count("inclusions") - 2).proof;
        beyond.position = c.leafCount;
        vm.expectRevert(abi.encodeWithSelector(Proof.PositionOutOfRange.selector, c.leafCount, c.leafCount));
        verifier.inclusion(c.root, c.leafCount, beyond);
    }

    // [DA-ROOT.5] Before, between and behind the leaves of every block with up to 9 leaves.
    function test_R5_absence() public {
        uint256 cases = count("absences");
        require(cases > 50, "absences of the blocks with 0 to 9 leaves");
        for (uint256 i = 0; i < cases; ++i) {
            Absence memory c = absence(i);
            verifier.absence(c.root, c.leafCount, c.item, c.proof);
            vm.expectPartialRevert(Proof.RootMismatch.selector);
            verifier.absence(c.root ^ bytes32(uint256(1)), c.leafCount, c.item, c.proof);
            if (c.proof.hasBelow) requirePresent(c, c.proof.below.leaf, Proof.NotBelow.selector);
            if (c.proof.hasAbove) requirePresent(c, c.proof.above.leaf, Proof.NotAbove.selector);
        }
    }

    /// What a neighbour shows is not absent.
    function requirePresent(Absence memory c, Proof.Leaf memory leaf, bytes4 refusal) internal {
        Proof.Item memory present = Proof.Item(leaf.namespace, false, leaf.commitment);
        vm.expectPartialRevert(refusal);
        verifier.absence(c.root, c.leafCount, present, c.proof);
        present.anyCommitment = true;
        bool belowToo = c.proof.hasBelow && c.proof.below.leaf.namespace == leaf.namespace;
        vm.expectPartialRevert(belowToo ? Proof.NotBelow.selector : refusal);
        verifier.absence(c.root, c.leafCount, present, c.proof);
    }

    function test_R5_neighbours_are_needed() public {
        uint256 cases = count("absences");
        for (uint256 i = 0; i < cases; ++i) {
            Absence memory c = absence(i);
            if (!c.proof.hasBelow || !c.proof.hasAbove) continue;
            c.proof.hasAbove = false;
            vm.expectRevert(abi.encodeWithSelector(Proof.MissingNeighbour.selector, c.leafCount));
            verifier.absence(c.root, c.leafCount, c.item, c.proof);
            c.proof.hasAbove = true;
            c.proof.hasBelow = false;
            vm.expectRevert(abi.encodeWithSelector(Proof.MissingNeighbour.selector, c.leafCount));
            verifier.absence(c.root, c.leafCount, c.item, c.proof);
            c.proof.hasBelow = true;
            c.proof.above.position += 1;
            vm.expectRevert(
                abi.encodeWithSelector(
                    Proof.NeighboursApart.selector, c.proof.below.position, c.proof.above.position
                )
            );
            verifier.absence(c.root, c.leafCount, c.item, c.proof);
        }
    }

    // [DA-CODE.4] [DA-CODE.6]
    function test_C4_rows() public {
        uint256 cases = count("rows");
        require(cases > 0, "rows of a matrix");
        for (uint256 i = 0; i < cases; ++i) {
            (bytes32 commitment, Proof.Row memory proven) = row(i);
            verifier.row(commitment, proven);
            vm.expectPartialRevert(Proof.CommitmentMismatch.selector);
            verifier.row(commitment ^ bytes32(uint256(1)), proven);
            proven.data[0] ^= 0x01;
            vm.expectPartialRevert(Proof.RowRootMismatch.selector);
            verifier.row(commitment, proven);
            proven.data[0] ^= 0x01;
            proven.index ^= 1;
            vm.expectPartialRevert(Proof.RowRootMismatch.selector);
            verifier.row(commitment, proven);
        }
    }

    /// A flipped bit anywhere in a proof is refused.
    function testFuzz_flipped_bits(uint256 which, uint256 bit) public {
        Inclusion memory c = inclusion(which % count("inclusions"));
        uint256 words = 3 + c.proof.siblings.length;
        bytes32 flip = bytes32(uint256(1) << (bit % 256));
        uint256 at_word = (bit / 256) % words;
        if (at_word == 0) c.proof.leaf.namespace ^= flip;
        else if (at_word == 1) c.proof.leaf.commitment ^= flip;
        else if (at_word == 2) c.proof.leaf.contentRoot ^= flip;
        else c.proof.siblings[at_word - 3] ^= flip;
        vm.expectPartialRevert(Proof.RootMismatch.selector);
        verifier.inclusion(c.root, c.leafCount, c.proof);
    }
}
