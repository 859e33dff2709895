// SPDX-License-Identifier: Apache-2.0
// Generated from the interface table of the system contract.
pragma solidity ^0.8.20;

/// @title IDataAvailability
/// @notice Publication of data that a committee keeps (the native scheme), and EIP-4844 blobs that blocks have published.
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

    /// @notice a matrix carries at least one blob
    error NoBlobs();

    /// @notice a matrix carries at most `max` blobs
    error TooManyBlobs(uint64 max, uint64 got);

    /// @notice an array has another length than the first one, or a text other lines
    error WrongLength(string argument, uint64 expected, uint64 got);

    /// @notice the size of a blob is zero
    error EmptyBlob(uint64 blob);

    /// @notice the size of a blob is above that of the largest matrix
    error BlobTooLarge(uint64 blob, uint64 max, uint64 got);

    /// @notice the blobs do not fit the rows of the largest matrix together
    error MatrixTooLarge(uint64 max, uint64 got);

    /// @notice the commitment is zero
    error ZeroCommitment();

    /// @notice the zero namespace is that of EIP-4844 blobs
    error ZeroNamespace(uint64 blob);

    /// @notice the namespace is that of a rollup which is not registered (24 zero bytes and its id)
    error UnknownRollup(uint64 blob, uint64 rollup);

    /// @notice the block has not so many bytes left for data rows; try the next one
    error BlockFull(uint64 max, uint64 used, uint64 requested);

    /// @notice the value of the call does not pay for the data rows
    error FeeTooLow(uint256 required, uint256 got, uint256 bytePrice);

    /// @notice the committee has not certified this publication
    error BadCertificate(string reason, uint64 epoch);

    /// @notice only the administrator of the committee may do this
    error NotAdministrator(address expected, address got);

    /// @notice the members make no committee
    error BadCommittee(string reason);

    /// @notice a namespace that begins with 24 zero bytes belongs to a rollup or to EIP-4844 blobs
    error NamespaceReserved(bytes32 namespace);

    /// @notice the namespace has an owner
    error NamespaceTaken(bytes32 namespace, address owner);

    /// @notice only the owner of the namespace may do this; zero: nobody has claimed it
    error NotNamespaceOwner(bytes32 namespace, address expected, address got);

    /// @notice data is kept neither so short nor so long
    error RetentionOutOfRange(uint64 lowest, uint64 highest, uint64 got);

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

    /// @notice a matrix is published; the logs of its blobs follow, in its order
    event MatrixPublished(bytes32 indexed commitment, address indexed publisher, uint64 blobs, uint64 dataBytes, uint256 fee, uint64 epoch, uint64 expiresAt);

    /// @notice one blob of a published matrix: a leaf of the block's data-availability root
    event BlobPublished(bytes32 indexed namespace, bytes32 indexed commitment, uint64 size, uint64 firstRow);

    /// @notice another committee keeps and certifies new data
    event CommitteeReplaced(uint64 indexed epoch, uint64 members);

    /// @notice another account may replace the committee
    event AdministratorChanged(address indexed previous, address indexed next);

    /// @notice a namespace has got its owner
    event NamespaceClaimed(bytes32 indexed namespace, address indexed owner);

    /// @notice data that is published in the namespace from now on is kept that long
    event RetentionChanged(bytes32 indexed namespace, uint64 blocks);

    /// @notice Publishes a blob of the native scheme that the committee has certified. The value pays for the data rows of its matrix; what is above the fee comes back. Costs gas per blob and per signature besides.
    /// @dev Gas 60000, and what depends on the arguments.
    function publish(bytes32 namespace, bytes32 commitment, uint64 size, bytes calldata certificate) external payable returns (uint64 expiresAt);

    /// @notice Publishes a matrix of several blobs, listed in its order.
    /// @dev Gas 60000, and what depends on the arguments.
    function publishMatrix(bytes32[] calldata namespaces, uint64[] calldata sizes, bytes32 commitment, bytes calldata certificate) external payable returns (uint64 expiresAt);

    /// @notice Replaces the committee. Members ascend by address; endpoints are host:port, one per line. For the administrator.
    /// @dev Gas 40000, and what depends on the arguments.
    function setCommittee(address[] calldata members, uint64[] calldata stakes, bytes32[] calldata tlsKeyHashes, string calldata endpoints) external returns (uint64 epoch);

    /// @notice Names another administrator. For the administrator.
    /// @dev Gas 20000, and what depends on the arguments.
    function setAdministrator(address administrator) external;

    /// @notice Makes the caller owner of a namespace that nobody has claimed.
    /// @dev Gas 40000, and what depends on the arguments.
    function claimNamespace(bytes32 namespace) external;

    /// @notice Says how long data of the namespace is kept, from the next publication on. For its owner.
    /// @dev Gas 40000, and what depends on the arguments.
    function setRetention(bytes32 namespace, uint64 blocks) external;

    /// @notice The last publication of a commitment, the shape of its matrix and the blobs in it.
    /// @dev Gas 3000, and what depends on the arguments.
    function publication(bytes32 commitment) external view returns (bool known, uint64 height, uint64 expiresAt, uint64 epoch, uint64 dataRows, uint64 parityRows, uint64 rowBytes, bytes32[] memory namespaces, uint64[] memory sizes, uint64[] memory firstRows);

    /// @notice Who keeps and certifies new data.
    /// @dev Gas 3000, and what depends on the arguments.
    function committee() external view returns (uint64 epoch, address administrator, address[] memory members, uint64[] memory stakes, bytes32[] memory tlsKeyHashes, string memory endpoints);

    /// @notice Who keeps data that was published in an epoch.
    /// @dev Gas 3000, and what depends on the arguments.
    function committeeAt(uint64 epoch) external view returns (bool known, address[] memory members, uint64[] memory stakes, bytes32[] memory tlsKeyHashes, string memory endpoints);

    /// @notice How long data of a namespace is kept, what its owner may set, and who that is.
    /// @dev Gas 3000, and what depends on the arguments.
    function retention(bytes32 namespace) external view returns (uint64 blocks, uint64 lowest, uint64 highest, address owner);

    /// @notice Price of a byte of data rows in this block, in wei.
    /// @dev Gas 3000, and what depends on the arguments.
    function bytePrice() external view returns (uint256 price);

    /// @notice What publishing a matrix of blobs of these sizes costs in this block, and the bytes that are charged.
    /// @dev Gas 3000, and what depends on the arguments.
    function fee(uint64[] calldata sizes) external view returns (uint256 amount, uint64 dataBytes);

    /// @notice The last block that published the EIP-4844 blob, the blob's place in it, and the root of the SHA-256 tree over its bytes.
    /// @dev Gas 3000, and what depends on the arguments.
    function blobInfo(bytes32 versionedHash) external view returns (bool known, uint64 height, uint64 index, bytes32 contentRoot);

    /// @notice Checks one of the 128 cells of a published EIP-4844 blob (EIP-7594). Returns true, or reverts with what is wrong.
    /// @dev Gas 120000, and what depends on the arguments.
    function verifySample(bytes32 versionedHash, bytes calldata commitment, uint64 cellIndex, bytes calldata cell, bytes calldata proof) external view returns (bool valid);
}
