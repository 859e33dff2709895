// SPDX-License-Identifier: Apache-2.0
// Generated from the interface table of the system contract.
pragma solidity ^0.8.20;

/// @title IDataAvailability
/// @notice Blobs that blocks have published, and verification of samples of them.
/// @dev Address 0x454E000000000000000000000000000000000003.
interface IDataAvailability {
    /// @notice the interface has no such method
    error UnknownSelector(bytes4 selector);

    /// @notice an argument does not decode as its declared type
    error BadArgument(uint256 index, string name, string expected);

    /// @notice value was sent to a method that takes none
    error NotPayable(uint256 value);

    /// @notice the gas limit does not cover the method
    error OutOfGas(uint256 limit, uint256 needed);

    /// @notice a state-changing method was called through eth_call semantics
    error ReadOnlyCall(bytes4 selector);

    /// @notice no block has published a blob with this versioned hash
    error UnknownBlob(bytes32 versionedHash);

    /// @notice an argument has another number of bytes than its kind has
    error WrongSize(string argument, uint64 expected, uint64 got);

    /// @notice the commitment has another versioned hash than the blob
    error CommitmentMismatch(bytes32 expected, bytes32 got);

    /// @notice a blob has `count` cells, numbered from 0
    error CellIndexOutOfRange(uint64 count, uint64 got);

    /// @notice cell and proof do not show what the commitment says at the index
    error SampleRefused(string reason);

    /// @notice The last block that published the blob, the blob's place in it, and the root of the SHA-256 tree over its bytes.
    /// @dev Gas 3000, and what depends on the arguments.
    function blobInfo(bytes32 versionedHash) external view returns (bool known, uint64 height, uint64 index, bytes32 contentRoot);

    /// @notice Checks one of the 128 cells of a published blob (EIP-7594). Returns true, or reverts with what is wrong.
    /// @dev Gas 120000, and what depends on the arguments.
    function verifySample(bytes32 versionedHash, bytes calldata commitment, uint64 cellIndex, bytes calldata cell, bytes calldata proof) external view returns (bool valid);
}
