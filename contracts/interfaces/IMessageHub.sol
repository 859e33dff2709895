// SPDX-License-Identifier: Apache-2.0
// Generated from the interface table of the system contract.
pragma solidity ^0.8.20;

/// @title IMessageHub
/// @notice Messages that rollups have sent, out of settled batches; escrow of their assets.
/// @dev Address 0x454e000000000000000000000000000000000004.
interface IMessageHub {
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

    /// @notice the message does not decode
    error BadMessage(string reason);

    /// @notice only messages to the L1 are withdrawn
    error WrongDestination(uint64 expected, uint64 got);

    /// @notice a message to the L1 is withdrawn, not relayed
    error DestinationIsL1(uint64 l1);

    /// @notice a rollup does not send to itself through the hub
    error DestinationIsSource(uint64 rollup);

    /// @notice only the inbox makes forced transactions
    error WrongKind(uint8 got);

    /// @notice no rollup has this id
    error UnknownRollup(uint64 rollup);

    /// @notice the receiver is the zero address
    error ZeroReceiver();

    /// @notice no claim for the batch has settled
    error NotSettled(uint64 rollup, uint64 batch);

    /// @notice the outbox of the batch has `count` records, numbered from 0
    error IndexOutOfRange(uint64 count, uint64 got);

    /// @notice the position in the outbox needs another number of siblings
    error WrongProofLength(uint64 expected, uint64 got);

    /// @notice the siblings do not lead from the message to the outbox root
    error ProofMismatch(bytes32 outboxRoot, bytes32 messageHash);

    /// @notice the message was withdrawn or relayed before
    error AlreadyConsumed(uint64 source, uint64 destination, uint64 sequence);

    /// @notice the rollup sends more of an asset than ever came in
    error EscrowExceeded(uint64 rollup, bytes32 asset, uint256 available, uint256 requested);

    /// @notice a sum does not fit 256 bits
    error AmountOverflow(bytes32 asset, uint256 held, uint256 added);

    /// @notice the asset is the native coin, or no asset identifier at all
    error NotAnIssuedAsset(bytes32 got);

    /// @notice the caller does not own that much
    error InsufficientAsset(bytes32 asset, uint256 available, uint256 requested);

    /// @notice a deposit or transfer of nothing
    error ZeroValue();

    /// @notice the rollup's proofs send out native coins alone
    error AssetNotCarried(uint64 rollup, bytes32 expected, bytes32 got);

    /// @notice a rollup's message to the L1 is paid out
    event Withdrawn(uint64 indexed source, uint64 indexed sequence, address indexed receiver, bytes32 asset, uint256 value, bytes message);

    /// @notice a rollup's message to another rollup stands in that one's inbox
    event Relayed(uint64 indexed source, uint64 indexed destination, uint64 indexed sequence, uint64 index);

    /// @notice an asset that a rollup issued has changed hands on the L1
    event AssetTransferred(bytes32 indexed asset, address indexed from, address indexed to, uint256 amount);

    /// @notice Pays out a rollup's message to the L1. Anyone may call it; the receiver of the message gets the value.
    /// @dev Gas 80000, and what depends on the arguments.
    function withdraw(bytes calldata message, uint64 batch, uint64 index, bytes32[] calldata siblings) external;

    /// @notice Moves a rollup's message to another rollup into that one's inbox. Anyone may call it.
    /// @dev Gas 100000, and what depends on the arguments.
    function relay(bytes calldata message, uint64 batch, uint64 index, bytes32[] calldata siblings) external returns (uint64 inboxIndex);

    /// @notice Gives an asset that a rollup issued to another L1 account.
    /// @dev Gas 30000, and what depends on the arguments.
    function transferAsset(bytes32 asset, address to, uint256 amount) external;

    /// @notice Outbox of a settled batch.
    /// @dev Gas 3000, and what depends on the arguments.
    function outboxRoot(uint64 rollup, uint64 batch) external view returns (bytes32 root, uint64 count);

    /// @notice Whether a message was withdrawn or relayed.
    /// @dev Gas 3000, and what depends on the arguments.
    function consumed(uint64 source, uint64 destination, uint64 sequence) external view returns (bool consumed);

    /// @notice How much of an asset that it did not issue a rollup may still send out.
    /// @dev Gas 3000, and what depends on the arguments.
    function escrow(uint64 rollup, bytes32 asset) external view returns (uint256 amount);

    /// @notice How much of an asset that a rollup issued an L1 account holds.
    /// @dev Gas 3000, and what depends on the arguments.
    function balanceOf(bytes32 asset, address owner) external view returns (uint256 amount);
}
