// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
pragma solidity ^0.8.20;

import {DataAvailabilityProof as Proof} from "../libraries/DataAvailabilityProof.sol";

/// The cheat codes of forge that these tests use.
interface Vm {
    function envString(string calldata name) external view returns (string memory);
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonUint(string calldata json, string calldata key) external pure returns (uint256);
    function parseJsonBool(string calldata json, string calldata key) external pure returns (bool);
    function parseJsonBytes(string calldata json, string calldata key) external pure returns (bytes memory);
    function parseJsonBytes32(string calldata json, string calldata key) external pure returns (bytes32);
    function parseJsonBytes32Array(string calldata json, string calldata key) external pure returns (bytes32[] memory);
    function toString(uint256 value) external pure returns (string memory);
    function expectRevert(bytes calldata revertData) external;
    function expectPartialRevert(bytes4 selector) external;
}

/// Proofs that write_proof_fixtures (C++) has made: one small file each, because forge takes texts apart slowly.
abstract contract ProofFixtures {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function read(string memory name) internal view returns (string memory) {
        return vm.readFile(string.concat(vm.envString("ENSHRINE_PROOF_FIXTURES"), "/", name, ".json"));
    }

    function count(string memory list) internal view returns (uint256) {
        return number(read("counts"), list);
    }

    function read(string memory list, uint256 i) internal view returns (string memory) {
        return read(string.concat(list, "_", vm.toString(i)));
    }

    function number(string memory json, string memory key) internal pure returns (uint64) {
        return uint64(vm.parseJsonUint(json, string.concat(".", key)));
    }

    function word(string memory json, string memory key) internal pure returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(".", key));
    }

    function flag(string memory json, string memory key) internal pure returns (bool) {
        return vm.parseJsonBool(json, string.concat(".", key));
    }

    function leafProof(string memory json, string memory key) internal pure returns (Proof.LeafProof memory out) {
        out.leaf.namespace = word(json, string.concat(key, ".namespace"));
        out.leaf.scheme = uint8(number(json, string.concat(key, ".scheme")));
        out.leaf.commitment = word(json, string.concat(key, ".commitment"));
        out.leaf.size = number(json, string.concat(key, ".size"));
        out.leaf.index = uint32(number(json, string.concat(key, ".index")));
        out.leaf.contentRoot = word(json, string.concat(key, ".contentRoot"));
        out.position = number(json, string.concat(key, ".position"));
        out.siblings = vm.parseJsonBytes32Array(json, string.concat(".", key, ".siblings"));
    }
}
