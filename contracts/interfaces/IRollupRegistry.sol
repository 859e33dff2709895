// SPDX-License-Identifier: Apache-2.0
// Generated from the interface table of the system contract.
pragma solidity ^0.8.20;

/// @title IRollupRegistry
/// @notice Rollups, the batches that order their transactions, and the claims that settle them.
/// @dev Address 0x454e000000000000000000000000000000000002.
interface IRollupRegistry {
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

    /// @notice the id is taken
    error RollupExists(uint64 rollup);

    /// @notice wallets could not use this chain id
    error RollupIdOutOfRange(uint64 lowest, uint64 highest, uint64 got);

    /// @notice the id is the chain id of the L1
    error RollupIdIsL1(uint64 l1);

    /// @notice no further rollup can be registered
    error RegistryFull(uint64 max);

    /// @notice the program image has too many bytes
    error ProgramTooLarge(uint64 max, uint64 got);

    /// @notice the machine does not load the program image
    error ProgramRefused(string reason);

    /// @notice the genesis has too many bytes
    error GenesisTooLarge(uint64 max, uint64 got);

    /// @notice the genesis is not the canonical form of a state's entries
    error GenesisRefused(string reason);

    /// @notice the genesis has too many entries
    error TooManyGenesisEntries(uint64 max, uint64 got);

    /// @notice the sequencer is the zero address
    error ZeroSequencer();

    /// @notice no settlement policy has this number
    error UnknownPolicy(uint8 got);

    /// @notice the name is empty or too long
    error BadNameLength(uint64 lowest, uint64 highest, uint64 got);

    /// @notice names are printable ASCII
    error BadNameCharacter(uint64 position, uint8 got);

    /// @notice only the owner of the rollup may do this
    error NotOwner(address expected, address got);

    /// @notice the header does not decode
    error BadBatchHeader(string reason);

    /// @notice the header has too many bytes
    error BatchHeaderTooLarge(uint64 max, uint64 got);

    /// @notice batches follow each other without gaps
    error WrongSequence(uint64 expected, uint64 got);

    /// @notice the batch follows another batch than the last one
    error WrongPreviousHash(bytes32 expected, bytes32 got);

    /// @notice the anchor is not below this block, too old, or below the anchor of the last batch
    error AnchorOutOfRange(uint64 lowest, uint64 highest, uint64 got);

    /// @notice the anchor is not a block of this chain
    error WrongAnchorHash(uint64 height, bytes32 expected, bytes32 got);

    /// @notice the batch does not consume exactly the messages that are due
    error WrongInboxEnd(uint64 expected, uint64 got);

    /// @notice the header names another number of blobs than the transaction has
    error WrongBlobCount(uint64 expected, uint64 got);

    /// @notice the header names another blob than the transaction has
    error WrongContentRoot(uint64 index, bytes32 expected, bytes32 got);

    /// @notice the header names a matrix, and the transaction has blobs besides
    error BlobsBesideMatrix(uint64 got);

    /// @notice no block has published a matrix with this commitment
    error NotPublished(bytes32 commitment);

    /// @notice the payload of a batch has a matrix to itself
    error MatrixOfSeveralBlobs(bytes32 commitment, uint64 got);

    /// @notice the matrix is published in another namespace than the rollup's
    error WrongNamespace(bytes32 expected, bytes32 got);

    /// @notice the header names another size than the publication
    error WrongPayloadSize(uint64 published, uint64 got);

    /// @notice the matrix has to be published again before a batch names it
    error PublicationTooOld(uint64 oldest, uint64 got);

    /// @notice nobody has to keep the rows of the matrix any more
    error PublicationExpired(uint64 expiresAt, uint64 height);

    /// @notice the lane is closed to everybody but the rollup's sequencer
    error NotSequencer(address expected, address got);

    /// @notice a batch of another sender than the sequencer has to consume an inbox message
    error NothingForced(uint64 inboxEnd);

    /// @notice the order certificate does not hold for this batch
    error BadCertificate(string reason);

    /// @notice a batch of another sender than the sequencer carries no certificate
    error CertificateNotEmpty(uint64 got);

    /// @notice the batch is settled
    error AlreadySettled(uint64 sequence, uint64 settled);

    /// @notice the payload of the batch is recorded as void
    error AlreadyVoid(uint64 sequence);

    /// @notice the batch names no matrix of the native scheme
    error NoMatrix(uint64 sequence);

    /// @notice the evidence does not show that the data rows are no codeword's
    error EvidenceRefused(string reason);

    /// @notice batches settle in order
    error ClaimOutOfOrder(uint64 expected, uint64 got);

    /// @notice no such batch is registered
    error BatchUnknown(uint64 rollup, uint64 sequence);

    /// @notice the witness does not decode
    error BadWitness(string reason);

    /// @notice the program asks for other preimages than the witness holds
    error WitnessRefused(string reason, uint256 item, bytes32 expectedHash);

    /// @notice the program did not halt with code 0
    error RunFailed(string status, string trap, uint64 exitCode, uint64 steps);

    /// @notice the program halted without a new state root
    error NothingCommitted(uint64 steps);

    /// @notice the run gives another state root
    error WrongStateRoot(bytes32 claimed, bytes32 computed);

    /// @notice the run gives another outbox
    error WrongOutboxRoot(bytes32 claimed, bytes32 computed);

    /// @notice the run gives other receipts
    error WrongReceiptsRoot(bytes32 claimed, bytes32 computed);

    /// @notice the run takes another number of steps
    error WrongSteps(uint64 claimed, uint64 computed);

    /// @notice the machine ends in another state
    error WrongMachineRoot(bytes32 claimed, bytes32 computed);

    /// @notice the rollup's proofs have no room for so many payload bytes
    error PayloadOverLimit(uint32 max, uint32 got);

    /// @notice this policy takes no key; such a rollup is registered by `register`
    error PolicyWithoutValidity(uint8 got);

    /// @notice this policy takes a key; such a rollup is registered by `registerProven`
    error PolicyNeedsValidity(uint8 got);

    /// @notice the validity description breaks a rule
    error ValidityRefused(string reason);

    /// @notice the key is not registered, or retired
    error KeyUnusable(bytes32 keyId, string status);

    /// @notice the rollup's owner has not registered the key with IProofVerifier
    error KeyNotHeld(bytes32 keyId, address owner);

    /// @notice the key takes another number of public inputs than the mapping gives
    error WrongKeyInputs(uint64 expected, uint64 got);

    /// @notice the genesis begins with the first state root
    error GenesisTooSmall(uint64 lowest, uint64 got);

    /// @notice a state root is a number below the order of the key's field
    error StateRootNotInField(bytes32 got, uint256 order);

    /// @notice the rollup's policy does not settle by this method
    error MethodNotAllowed(string policy, string method);

    /// @notice a claim for this batch by this method has been accepted before
    error AlreadyAccepted(uint64 sequence, string method);

    /// @notice the other method has shown another value for this batch; it stays unsettled
    error ClaimsDisagree(string field, string method, bytes32 accepted, bytes32 got);

    /// @notice the last batch is before the first
    error EmptyRange(uint64 first, uint64 last);

    /// @notice one claim settles fewer batches under this mapping and policy
    error RangeTooLong(uint64 max, uint64 got);

    /// @notice under the mapping digest nothing is opened
    error OpeningNotEmpty(string argument, uint64 got);

    /// @notice the opened data is not what the batch names
    error PayloadRefused(string reason);

    /// @notice a message of the opened outbox breaks a rule
    error OutboxRefused(uint64 message, string reason);

    /// @notice the rollup's proofs have no room for so many messages
    error TooManyOutboxMessages(uint64 max, uint64 got);

    /// @notice the opened outbox has another number of messages
    error WrongOutboxCount(uint64 claimed, uint64 computed);

    /// @notice under the mapping words the receipts root is zero
    error ReceiptsNotZero(bytes32 got);

    /// @notice the rollup's key settles nothing in this status
    error KeyNotActive(bytes32 keyId, string status);

    /// @notice the proof does not show the statement
    error ProofRefused(bytes32 statement, string reason);

    /// @notice the list of receipts is full
    error ReceiptsFull(bytes32 source);

    /// @notice a rollup exists from this block on
    event RollupRegistered(uint64 indexed rollup, address indexed owner, address sequencer, bytes32 programId, bytes32 genesisStateRoot, uint8 policy, string name);

    /// @notice the rollup's owner has named another sequencer
    event SequencerChanged(uint64 indexed rollup, address indexed previous, address indexed sequencer);

    /// @notice a batch has reached level P2; an empty certificate means that the lane was open to everybody
    event BatchSubmitted(uint64 indexed rollup, uint64 indexed sequence, bytes32 hash, bytes header, bytes certificate);

    /// @notice the matrix that the batch names is no codeword's: its payload counts as empty
    event PayloadVoided(uint64 indexed rollup, uint64 indexed sequence, bytes32 commitment);

    /// @notice a batch has reached level P4
    event BatchSettled(uint64 indexed rollup, uint64 indexed sequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot);

    /// @notice a claim holds by one method, and the policy waits for another
    event ClaimAccepted(uint64 indexed rollup, uint64 indexed sequence, uint8 method, bytes32 stateRoot, bytes32 outboxRoot);

    /// @notice Registers a rollup; the caller becomes its owner. The program is an RV64IM ELF image, the genesis the entries of its first state, whose root the L1 computes. Policy 0 is native: the L1 executes the program to settle a batch.
    /// @dev Gas 1000000, and what depends on the arguments.
    function register(uint64 rollup, bytes calldata program, bytes calldata genesis, address sequencer, uint8 policy, string calldata name) external;

    /// @notice Registers a rollup that settles by proof: policy 1, or 0xa3 and 0x93 for native and/or validity. `validity` names the key, which the caller has registered with IProofVerifier, the mapping and the limits. Without the method native the program is a description, and the genesis begins with the first state root.
    /// @dev Gas 1000000, and what depends on the arguments.
    function registerProven(uint64 rollup, bytes calldata program, bytes calldata genesis, address sequencer, uint8 policy, bytes calldata validity, string calldata name) external;

    /// @notice Names another sequencer. For the owner of the rollup.
    /// @dev Gas 20000, and what depends on the arguments.
    function setSequencer(uint64 rollup, address sequencer) external;

    /// @notice Registers the next batch of a rollup. Its blobs are those of the same transaction, its matrix one that is published before.
    /// @dev Gas 100000, and what depends on the arguments.
    function submitBatch(bytes calldata header, bytes calldata certificate) external;

    /// @notice Settles the next batch: the L1 runs the program on the witness and compares every value. Costs one gas per 16 units of weight besides.
    /// @dev Gas 100000, and what depends on the arguments.
    function claim(uint64 rollup, uint64 sequence, bytes32 stateRoot, bytes32 outboxRoot, bytes32 receiptsRoot, uint64 steps, bytes32 machineRoot, bytes calldata witness) external;

    /// @notice Settles batches by a proof of their statement. Under the mapping words `data` opens the payload and `outbox` the messages. Costs the gas of one verification with the rollup's key besides, whatever its outcome.
    /// @dev Gas 150000, and what depends on the arguments.
    function claimProven(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes calldata data, bytes calldata outbox, bytes calldata proof) external;

    /// @notice Records that the matrix of a batch does not hold the data rows of its codeword, so that the payload counts as empty. `rows` holds as many rows as the matrix has data rows, ascending, at least one of them below twice that number: index uint32, row, siblings from the leaf up. Costs two gas per byte of the data rows besides.
    /// @dev Gas 1000000, and what depends on the arguments.
    function voidPayload(uint64 rollup, uint64 sequence, bytes32 rowRoot, bytes calldata combinations, bytes calldata rows) external;

    /// @notice The statement and the public inputs that claimProven would ask a proof of.
    /// @dev Gas 5000, and what depends on the arguments.
    function settlementInputs(uint64 rollup, uint64 firstSequence, uint64 lastSequence, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount, bytes32 receiptsRoot, bytes calldata data, bytes calldata outbox) external view returns (bytes32 statement, uint256[] memory inputs);

    /// @notice The validity description of a rollup that settles by proof.
    /// @dev Gas 5000, and what depends on the arguments.
    function validity(uint64 rollup) external view returns (uint8 inputMapping, bytes32 keyId, uint64 inboxMax, uint64 outboxMax, uint64 payloadMax);

    /// @notice What fewer methods than the policy asks for have shown of the next batch; bits: 1 native, 2 validity.
    /// @dev Gas 5000, and what depends on the arguments.
    function agreement(uint64 rollup) external view returns (uint8 methods, bytes32 stateRoot, bytes32 outboxRoot);

    /// @notice Where a rollup stands.
    /// @dev Gas 5000, and what depends on the arguments.
    function status(uint64 rollup) external view returns (string memory name, address owner, address sequencer, uint8 policy, bytes32 programId, bytes32 genesisStateRoot, uint64 lastSequence, bytes32 lastBatchHash, uint64 inboxConsumed, uint64 inboxCount, uint64 settledSequence, bytes32 settledStateRoot);

    /// @notice A registered batch, and what it settled to.
    /// @dev Gas 5000, and what depends on the arguments.
    function batch(uint64 rollup, uint64 sequence) external view returns (bytes32 hash, uint64 l1Height, bool settled, bytes32 stateRoot, bytes32 outboxRoot, uint64 outboxCount);

    /// @notice Ids of all rollups, ascending.
    /// @dev Gas 5000, and what depends on the arguments.
    function rollups() external view returns (uint64[] memory ids);

    /// @notice SHA-256 and number of bytes of the rollup's program image.
    /// @dev Gas 5000, and what depends on the arguments.
    function program(uint64 rollup) external view returns (bytes32 id, uint64 size);
}
