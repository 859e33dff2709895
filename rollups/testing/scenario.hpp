// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/crypto/secp256k1.hpp>
#include <enshrine/sequencing/batch.hpp>
#include <enshrine/sequencing/records.hpp>
#include <enshrine/types/transaction.hpp>
#include <enshrine/vm/machine.hpp>

#include <rollups/testing/reference_matrix.hpp>
#include <sdk/guest/host/host_machine.hpp>

#include <optional>
#include <string>
#include <vector>

/// A rollup without a chain, for tests: makes batches as the L1 would, runs the program on them, and keeps its state.
namespace rollups::testing {

using namespace enshrine;

inline constexpr std::uint64_t l1_chain_id = 900;
inline constexpr std::uint64_t coin = 1'000'000'000'000'000'000;  ///< wei
inline constexpr Address fee_recipient{{0xfe, 0xe5}};

/// An account whose key is known here.
struct Signer {
    crypto::SecretKey key;
    Address address;
};
[[nodiscard]] Signer make_signer(std::uint64_t number);
[[nodiscard]] Signer make_signer(const crypto::SecretKey& key);

/// Type 2, with a gas limit and fees that suffice; change fields before signing it.
[[nodiscard]] types::Transaction make_transaction(std::uint64_t chain_id, std::uint64_t nonce, const Address& to,
                                                  const U256& value, Bytes data = {});
[[nodiscard]] Bytes sign(types::Transaction txn, const Signer& signer);

/// What one batch did.
struct BatchResult {
    guest::HostRun run;
    std::vector<sequencing::ReceiptRecord> receipts;
    std::vector<messaging::Message> outbox;
    Hash32 root;
    // Figures of the machine; zero when only the host ran.
    std::uint64_t steps = 0;
    std::uint64_t weight = 0;
    std::size_t witness_bytes = 0;
    double replay_seconds = 0;
};

/// Each batch and view runs on the host and in the machine (record, then replay), and all have to agree.
class Rollup {
public:
    /// `elf`: file name below the build's rollups folder.
    Rollup(const guest::Program& program, const std::string& elf, std::uint64_t chain_id);

    void send(messaging::Message message);  ///< into the inbox of the next batch; source and sequence as they are
    void deposit(const Address& receiver, const U256& value);
    void force(const Bytes& transaction);
    void submit(Bytes transaction) { transactions_.push_back(std::move(transaction)); }
    [[nodiscard]] BatchResult run_batch();
    /// Runs a batch with this payload whatever it holds.
    [[nodiscard]] BatchResult run_payload(BytesView payload);
    /// Runs the next batch with these arguments, which prepare() has made.
    [[nodiscard]] BatchResult run_prepared(const vm::ProgramArguments& arguments);
    /// Where the next batches publish their payload; both in turn until this is called.
    void publish_as(sequencing::PayloadScheme scheme) noexcept { scheme_ = scheme; }
    /// Runs without touching the rollup's state or inbox.
    [[nodiscard]] guest::HostRun run_raw(const vm::ProgramArguments& arguments) const;

    [[nodiscard]] sequencing::ViewAnswer view(const sequencing::ViewRequest& request);
    [[nodiscard]] sequencing::ViewAnswer call(const Address& from, Bytes data, const U256& value = {});
    [[nodiscard]] U256 balance(const Address& address);
    [[nodiscard]] std::uint64_t nonce(const Address& address);

    [[nodiscard]] std::uint64_t chain_id() const noexcept { return chain_id_; }
    [[nodiscard]] const Hash32& root() const noexcept { return root_; }
    [[nodiscard]] guest::PreimageStore& preimages() noexcept { return preimages_; }
    /// Arguments of the next batch, whose header is put into the preimages.
    [[nodiscard]] vm::ProgramArguments prepare(BytesView payload);
    /// The same for a payload of `payload_bytes` bytes in a matrix of its own making.
    [[nodiscard]] vm::ProgramArguments prepare_matrix(const ReferenceMatrix& matrix, std::size_t payload_bytes);

private:
    [[nodiscard]] sequencing::PayloadScheme next_scheme() const noexcept;
    [[nodiscard]] vm::ProgramArguments prepare_payload(sequencing::PayloadScheme scheme, std::size_t payload_bytes,
                                                       std::vector<Hash32> references);
    void compare_with_machine(const vm::ProgramArguments& arguments, const guest::HostRun& host, BatchResult& figures);

    const guest::Program& program_;
    vm::Program image_;
    vm::MachineMemory memory_;
    std::uint64_t chain_id_;
    Hash32 root_;
    guest::PreimageStore preimages_;
    std::uint64_t sequence_ = 0;
    Hash32 previous_hash_;
    Hash32 inbox_start_;
    Hash32 inbox_end_;
    std::uint64_t inbox_first_ = 0;
    std::uint64_t inbox_count_ = 0;
    std::vector<Bytes> transactions_;
    std::optional<sequencing::PayloadScheme> scheme_;
};

/// Calldata: selector of the declaration ‖ arguments.
[[nodiscard]] Bytes encode_call(std::string_view declaration, const codec::abi::Encoder& arguments);
[[nodiscard]] std::string reason_of(const sequencing::ReceiptRecord& record);
/// Whether revert data is the named error.
[[nodiscard]] bool is_error(BytesView data, std::string_view declaration);

}  // namespace rollups::testing
