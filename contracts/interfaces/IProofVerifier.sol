// SPDX-License-Identifier: Apache-2.0
// Generated from the interface table of the system contract.
pragma solidity ^0.8.20;

/// @title IProofVerifier
/// @notice Verifying keys, the verification of proofs, and receipts of what was verified.
/// @dev Address 0x454e000000000000000000000000000000000005.
interface IProofVerifier {
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

    /// @notice the key has too many bytes
    error KeyTooLarge(uint64 max, uint64 got);

    /// @notice the key breaks a rule of its kind, or its kind is unknown
    error KeyRefused(string reason);

    /// @notice the value of the call has to be the deposit for the key's bytes
    error WrongDeposit(uint256 required, uint256 got);

    /// @notice the caller has registered this key already
    error KeyHeld(bytes32 keyId, address holder);

    /// @notice governance has retired this key for good
    error KeyIsRetired(bytes32 keyId);

    /// @notice no key with this id is registered
    error UnknownKey(bytes32 keyId);

    /// @notice the caller has not registered this key
    error NotHolder(bytes32 keyId, address got);

    /// @notice rollups of the caller settle with this key
    error KeyInUse(bytes32 keyId, uint64 rollups);

    /// @notice the key has that status for the caller already
    error StatusUnchanged(bytes32 keyId);

    /// @notice the key verifies nothing in this status
    error KeyNotActive(bytes32 keyId, string status, uint64 activeFrom);

    /// @notice the key takes another number of public inputs
    error WrongInputCount(uint64 expected, uint64 got);

    /// @notice the caller's receipts hold the statement already
    error AlreadyVerified(bytes32 statement, uint64 index);

    /// @notice the proof does not show the inputs under the key
    error ProofRefused(string reason);

    /// @notice the list of receipts is full
    error ReceiptsFull(bytes32 source);

    /// @notice the list has no receipt with this index
    error UnknownReceipt(bytes32 source, uint64 count, uint64 got);

    /// @notice an account holds a verifying key from this block on
    event KeyRegistered(bytes32 indexed keyId, address indexed holder, uint8 kind, uint8 version, uint64 inputs, uint64 verificationGas, uint256 deposit);

    /// @notice a holder has frozen the key for itself and its rollups, or governance for everybody
    event KeyFrozen(bytes32 indexed keyId, address indexed by);

    /// @notice the end of a freeze
    event KeyUnfrozen(bytes32 indexed keyId, address indexed by);

    /// @notice a holder has given the key up and has its deposit back, or governance has ended the key for good
    event KeyRetired(bytes32 indexed keyId, address indexed by, uint256 deposit);

    /// @notice a proof holds; the statement stands at `index` of the receipts of `source`, a rollup or an account
    event ProofVerified(bytes32 indexed statement, bytes32 indexed source, bytes32 indexed keyId, uint64 index);

    /// @notice Registers a verifying key in the canonical encoding of its kind, after checking all that can be wrong with it. The value is the deposit, given back by retireKey. Costs gas per byte besides.
    /// @dev Gas 110000, and what depends on the arguments.
    function registerKey(bytes calldata key) external payable returns (bytes32 keyId);

    /// @notice Stops settlement with the key of the caller's rollups; from governance, every use of it.
    /// @dev Gas 30000, and what depends on the arguments.
    function freezeKey(bytes32 keyId) external;

    /// @notice Ends the caller's own freeze.
    /// @dev Gas 30000, and what depends on the arguments.
    function unfreezeKey(bytes32 keyId) external;

    /// @notice Gives up the caller's registration, unless a rollup of the caller settles with it, and pays the deposit back; from governance, ends the key for everybody for good.
    /// @dev Gas 30000, and what depends on the arguments.
    function retireKey(bytes32 keyId) external;

    /// @notice Verifies a proof and appends its statement to the receipts of the caller. Costs the gas of one verification with this key (status) besides, whatever its outcome.
    /// @dev Gas 60000, and what depends on the arguments.
    function verify(bytes32 keyId, uint256[] calldata inputs, bytes calldata proof) external returns (bytes32 statement, uint64 index);

    /// @notice Where a key stands: 0 unknown, 1 probation, 2 active, 3 frozen, 4 retired: nobody holds it, and the other values are zero, or governance has ended it.
    /// @dev Gas 5000, and what depends on the arguments.
    function status(bytes32 keyId) external view returns (uint8 status, uint8 kind, uint8 version, uint64 inputs, uint64 verificationGas, uint64 activeFrom, uint64 holders, uint64 keyBytes);

    /// @notice An account's registration of a key.
    /// @dev Gas 5000, and what depends on the arguments.
    function holder(bytes32 keyId, address account) external view returns (uint256 deposit, uint64 since, bool frozen, uint64 rollups);

    /// @notice The bytes of a key that has holders.
    /// @dev Gas 5000, and what depends on the arguments.
    function key(bytes32 keyId) external view returns (bytes memory key);

    /// @notice The Merkle list of what was verified for a rollup (24 zero bytes, id) or for an account (1, 11 zero bytes, address).
    /// @dev Gas 5000, and what depends on the arguments.
    function receipts(bytes32 source) external view returns (uint64 count, bytes32 root);

    /// @notice One receipt, and the proof that it is in the list.
    /// @dev Gas 5000, and what depends on the arguments.
    function receipt(bytes32 source, uint64 index) external view returns (bytes32 statement, bytes32 keyId, uint64 height, bytes32[] memory siblings);

    /// @notice Where a statement stands in a list.
    /// @dev Gas 5000, and what depends on the arguments.
    function findReceipt(bytes32 source, bytes32 statement) external view returns (bool found, uint64 index);
}
