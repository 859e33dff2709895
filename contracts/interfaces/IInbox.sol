// SPDX-License-Identifier: Apache-2.0
// Generated from the interface table of the system contract.
pragma solidity ^0.8.20;

/// @title IInbox
/// @notice Messages, deposits and forced transactions to rollups.
/// @dev Address 0x454e000000000000000000000000000000000001.
interface IInbox {
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

    /// @notice no rollup has this id
    error UnknownRollup(uint64 rollup);

    /// @notice the receiver is the zero address
    error ZeroReceiver();

    /// @notice a deposit or transfer of nothing
    error ZeroValue();

    /// @notice the forced transaction has no bytes
    error EmptyTransaction();

    /// @notice too many bytes of data
    error DataTooLarge(uint64 max, uint64 got);

    /// @notice the asset is the native coin, or no asset identifier at all
    error NotAnIssuedAsset(bytes32 got);

    /// @notice the caller does not own that much
    error InsufficientAsset(bytes32 asset, uint256 available, uint256 requested);

    /// @notice the inbox has `count` messages, numbered from 0
    error NoSuchMessage(uint64 count, uint64 got);

    /// @notice a sum does not fit 256 bits
    error AmountOverflow(bytes32 asset, uint256 held, uint256 added);

    /// @notice the rollup's proofs send out native coins alone
    error AssetNotCarried(uint64 rollup, bytes32 expected, bytes32 got);

    /// @notice a message waits for the rollup; emitted by the inbox for relayed messages, too
    event MessageEnqueued(uint64 indexed rollup, uint64 indexed index, bytes32 indexed hash, bytes message);

    /// @notice Moves the sent coins to an account of the rollup, the caller's own if the receiver is nobody's address. Returns the place of the message in the rollup's inbox.
    /// @dev Gas 60000, and what depends on the arguments.
    function deposit(uint64 rollup, address receiver) external payable returns (uint64 index);

    /// @notice The same, and then calls the receiver on the rollup with the data. The value may be zero; it goes to the caller's account if the call fails.
    /// @dev Gas 60000, and what depends on the arguments.
    function depositAndCall(uint64 rollup, address receiver, bytes calldata data) external payable returns (uint64 index);

    /// @notice Moves an asset that a rollup issued, and that the caller holds on the L1, to an account of a rollup.
    /// @dev Gas 60000, and what depends on the arguments.
    function depositAsset(uint64 rollup, address receiver, bytes32 asset, uint256 amount) external returns (uint64 index);

    /// @notice Forces a signed transaction of the rollup into its order; no sequencer can leave it out.
    /// @dev Gas 60000, and what depends on the arguments.
    function send(uint64 rollup, bytes calldata transaction) external returns (uint64 index);

    /// @notice Number of messages that the rollup's inbox has ever held.
    /// @dev Gas 3000, and what depends on the arguments.
    function count(uint64 rollup) external view returns (uint64 messages);

    /// @notice A message in canonical form, and the L1 height at which it was enqueued.
    /// @dev Gas 3000, and what depends on the arguments.
    function message(uint64 rollup, uint64 index) external view returns (bytes memory message, uint64 l1Height);

    /// @notice Rolling hash of the inbox before message `index`, which may be the count.
    /// @dev Gas 3000, and what depends on the arguments.
    function rollingHash(uint64 rollup, uint64 index) external view returns (bytes32 hash);
}
