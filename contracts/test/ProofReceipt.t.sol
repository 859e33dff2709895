// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
pragma solidity ^0.8.20;

import {DataAvailabilityProof} from "../libraries/DataAvailabilityProof.sol";
import {ProofReceipt} from "../libraries/ProofReceipt.sol";
import {ProofFixtures} from "./ProofFixtures.sol";

/// The library behind a call, so that its reverts can be caught.
contract ReceiptVerifier {
    function verify(bytes32 stateRoot, ProofReceipt.Proof memory proof) external pure {
        ProofReceipt.verify(stateRoot, proof);
    }
}

contract ProofReceiptTest is ProofFixtures {
    ReceiptVerifier internal verifier = new ReceiptVerifier();

    function receipt(uint256 i) internal view returns (bytes32 stateRoot, ProofReceipt.Proof memory out) {
        string memory json = read("receipts", i);
        stateRoot = word(json, "stateRoot");
        out.source = word(json, "source");
        out.receipt = ProofReceipt.Receipt(word(json, "statement"), word(json, "keyId"), number(json, "height"));
        out.index = number(json, "index");
        out.siblings = vm.parseJsonBytes32Array(json, ".siblings");
        out.list = vm.parseJsonBytes(json, ".list");
        out.stateSiblings = vm.parseJsonBytes32Array(json, ".stateSiblings");
    }

    // [PRCPT.6] Every receipt of lists with up to 9; no other root, place or source.
    function test_R6_receipts() public view {
        uint256 cases = count("receipts");
        require(cases == 45, "receipts of the lists with 1 to 9");
        for (uint256 i = 0; i < cases; ++i) {
            (bytes32 root, ProofReceipt.Proof memory proof) = receipt(i);
            verifier.verify(root, proof);
            requireRefused(root ^ bytes32(uint256(1)), proof);
            proof.index += 1;
            requireRefused(root, proof);
            proof.index -= 1;
            proof.source ^= bytes32(uint256(1));
            requireRefused(root, proof);
        }
    }

    function requireRefused(bytes32 stateRoot, ProofReceipt.Proof memory proof) internal view {
        try verifier.verify(stateRoot, proof) {
            revert("a damaged receipt holds");
        } catch {}
    }

    // [PRCPT.6]
    function test_R6_every_field_counts() public {
        uint256 last = count("receipts") - 2;
        (bytes32 root, ProofReceipt.Proof memory good) = receipt(last);
        verifier.verify(root, good);
        for (uint256 field = 0; field < 4; ++field) {
            (, ProofReceipt.Proof memory bad) = receipt(last);
            if (field == 0) bad.receipt.statement ^= bytes32(uint256(1));
            if (field == 1) bad.receipt.keyId ^= bytes32(uint256(1) << 255);
            if (field == 2) bad.receipt.height += 1;
            if (field == 3) bad.siblings[0] ^= bytes32(uint256(1));
            vm.expectPartialRevert(ProofReceipt.ListRootMismatch.selector);
            verifier.verify(root, bad);
        }
        for (uint256 field = 0; field < 4; ++field) {
            (, ProofReceipt.Proof memory bad) = receipt(last);
            if (field == 0) bad.list[0] = 0x01;
            if (field == 1) bad.list[bad.list.length - 1] ^= 0x01;
            if (field == 2) bad.stateSiblings[0] ^= bytes32(uint256(1));
            if (field == 3) bad.source ^= bytes32(uint256(1));
            vm.expectPartialRevert(ProofReceipt.StateRootMismatch.selector);
            verifier.verify(root, bad);
        }
    }

    // [PRCPT.6]
    function test_R6_refusals_are_named() public {
        (bytes32 root, ProofReceipt.Proof memory proof) = receipt(count("receipts") - 2);
        uint256 siblings = proof.siblings.length;
        proof.siblings = new bytes32[](siblings + 1);
        vm.expectRevert(
            abi.encodeWithSelector(DataAvailabilityProof.WrongSiblingCount.selector, siblings, siblings + 1)
        );
        verifier.verify(root, proof);
        proof.stateSiblings = new bytes32[](257);
        vm.expectRevert(abi.encodeWithSelector(ProofReceipt.TooManyStateSiblings.selector, 256, 257));
        verifier.verify(root, proof);
        proof.stateSiblings = new bytes32[](0);
        proof.list = hex"00";
        bytes32 path = sha256(abi.encodePacked(uint8(8), uint8(4), proof.source));
        bytes32 lone = sha256(abi.encodePacked(uint8(0), path, sha256(proof.list)));
        vm.expectRevert(abi.encodeWithSelector(ProofReceipt.ListTooShort.selector, 40, 1));
        verifier.verify(lone, proof);
    }
}
