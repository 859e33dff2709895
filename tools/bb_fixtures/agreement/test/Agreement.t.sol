// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma solidity ^0.8.27;

import {HonkVerifier} from "../src/HonkVerifier.sol";

interface Vm {
    function readLine(string calldata path) external returns (string memory);
    function split(string calldata text, string calldata by) external pure returns (string[] memory);
    function parseBytes(string calldata text) external pure returns (bytes memory);
    function parseBytes32(string calldata text) external pure returns (bytes32);
}

/// The verifier that bb wrote for a key, on the lines of write_honk_cases.
contract AgreementTest {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    uint256 internal constant gasOfProof = 60_000_000;  // points off the curve burn all that a precompile is given

    event log_named_string(string key, string value);
    event log_named_uint(string key, uint256 value);

    function test_bothSayTheSame() external {
        HonkVerifier verifier = new HonkVerifier();
        uint256 cases;
        uint256 accepted;
        uint256 differences;
        for (string memory line = vm.readLine("cases"); bytes(line).length != 0; line = vm.readLine("cases")) {
            string[] memory fields = vm.split(line, ";");
            bool ok = accepts(verifier, vm.parseBytes(fields[3]), inputsOf(fields[2]));
            if (ok) accepted++;
            if (ok != (bytes(fields[1])[0] == "1")) {
                differences++;
                emit log_named_string(ok ? "only bb accepts" : "only we accept", fields[0]);
            }
            cases++;
        }
        emit log_named_uint("cases", cases);
        emit log_named_uint("accepted", accepted);
        require(differences == 0, "the verdicts differ");
        require(accepted == 3, "the valid proofs are not accepted");
    }

    function accepts(HonkVerifier verifier, bytes memory proof, bytes32[] memory inputs) internal view returns (bool) {
        try verifier.verify{gas: gasOfProof}(proof, inputs) returns (bool ok) {
            return ok;
        } catch {
            return false;
        }
    }

    /// Each input ends with a comma.
    function inputsOf(string memory list) internal pure returns (bytes32[] memory out) {
        string[] memory words = vm.split(list, ",");
        out = new bytes32[](words.length - 1);
        for (uint256 i = 0; i < out.length; i++) out[i] = vm.parseBytes32(words[i]);
    }
}
