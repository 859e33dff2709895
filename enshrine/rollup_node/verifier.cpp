// SPDX-License-Identifier: Apache-2.0
#include <enshrine/rollup_node/verifier.hpp>

#include <enshrine/codec/hex.hpp>
#include <enshrine/rollup_node/batch_assembly.hpp>
#include <enshrine/rollup_node/cell_sampling.hpp>
#include <enshrine/rollup_node/rollup_source.hpp>
#include <enshrine/rollup_node/shard_network.hpp>
#include <enshrine/store/node_views.hpp>

#include <fmt/format.h>

namespace enshrine::rollup_node {

class Verifier::Worker {
public:
    static std::expected<std::unique_ptr<Worker>, std::string> make(const VerifierConfig& config) {
        auto l1 = client::JsonRpcClient::make(config.l1_url);
        if (!l1) return std::unexpected{l1.error()};
        auto worker = std::make_unique<Worker>(config, *std::move(l1));
        const auto chain_id = worker->l1_.chain_id();
        if (!chain_id) return std::unexpected{"L1: " + chain_id.error().message};
        worker->network_ = std::make_unique<ShardNetwork>(worker->l1_, *chain_id, config.connect);
        auto source = RollupSource::open(worker->l1_, config.rollup, config.data_dir);
        if (!source) return std::unexpected{source.error()};
        worker->source_ = *std::move(source);
        return worker;
    }

    Worker(const VerifierConfig& config, std::unique_ptr<client::JsonRpcClient> rpc)
        : config_{config}, l1_{std::move(rpc)} {}

    std::expected<std::size_t, std::string> advance(std::size_t batches_max,
                                                    const std::function<void(const VerifiedBatch&)>& on_batch) {
        const auto status = l1_.rollup_status(config_.rollup);
        if (!status) return std::unexpected{"L1: " + status.error().message};
        std::size_t done = 0;
        while (done < batches_max && head().sequence < status->last_sequence) {
            auto batch = verify_next();
            if (!batch) return std::unexpected{batch.error()};
            on_batch(*batch);
            ++done;
        }
        return done;
    }

    RollupHead head() const { return source_->store->head(); }

private:
    std::expected<VerifiedBatch, std::string> verify_next() {
        const RollupHead before = head();
        auto fetched = fetch_batch({.l1 = l1_, .network = *network_, .rollup = config_.rollup}, before);
        if (!fetched) return std::unexpected{fetched.error()};
        VerifiedBatch out;
        for (const Hash32& versioned_hash : fetched->registered.versioned_hashes) {
            const auto sampled = sample_cells(l1_, versioned_hash, config_.sample_cells);
            if (!sampled) return std::unexpected{sampled.error()};
            out.cells_sampled += *sampled;
        }
        if (auto sampled = sample_rows(*fetched, out); !sampled) return std::unexpected{sampled.error()};
        store::NodePreimages preimages{source_->store->nodes()};
        const auto result = source_->executor->execute(fetched->inputs, preimages);
        if (!result) return std::unexpected{fmt::format("batch {}: {}", before.sequence + 1, result.error())};
        const BatchRecord record = make_batch_record(before, fetched->inputs, fetched->payload, *result);
        out.sequence = record.header.sequence;
        out.batch_hash = record.hash;
        out.state_root = record.state_root;
        out.outbox_root = record.outbox_root;
        out.settled = fetched->registered.settled;
        if (out.settled) compare(fetched->registered, out);
        if (auto stored = source_->store->append({record, result->offered, result->witness, {}}); !stored) {
            return std::unexpected{stored.error()};
        }
        return out;
    }

    std::expected<void, std::string> sample_rows(const FetchedBatch& fetched, VerifiedBatch& out) {
        const sequencing::BatchHeader& header = fetched.inputs.header;
        if (header.scheme != sequencing::PayloadScheme::native || header.references.empty()) return {};
        const auto sampled = network_->sample(header.references.front(), header.payload_bytes, config_.sample_rows);
        if (!sampled) return std::unexpected{sampled.error()};
        out.rows_sampled = *sampled;
        return {};
    }

    static void compare(const client::BatchRecord& settled, VerifiedBatch& out) {
        const auto differ = [&out](std::string_view field, const Hash32& l1, const Hash32& computed) {
            if (l1 == computed) return;
            out.matches = false;
            out.mismatch += fmt::format("{}{}: settled {}, computed {}", out.mismatch.empty() ? "" : "; ", field,
                                        codec::format_hex(l1.view()), codec::format_hex(computed.view()));
        };
        differ("state root", settled.state_root, out.state_root);
        differ("outbox root", settled.outbox_root, out.outbox_root);
    }

    VerifierConfig config_;
    client::L1Client l1_;
    std::unique_ptr<PayloadNetwork> network_;
    std::unique_ptr<RollupSource> source_;
};

std::expected<std::unique_ptr<Verifier>, std::string> Verifier::open(const VerifierConfig& config) {
    auto worker = Worker::make(config);
    if (!worker) return std::unexpected{worker.error()};
    return std::unique_ptr<Verifier>{new Verifier{*std::move(worker)}};
}

Verifier::Verifier(std::unique_ptr<Worker> worker) noexcept : worker_{std::move(worker)} {}
Verifier::~Verifier() = default;

std::expected<std::size_t, std::string> Verifier::advance(std::size_t batches_max,
                                                          const std::function<void(const VerifiedBatch&)>& on_batch) {
    return worker_->advance(batches_max, on_batch);
}
std::uint64_t Verifier::verified_sequence() const noexcept { return worker_->head().sequence; }
Hash32 Verifier::state_root() const noexcept { return worker_->head().state_root; }

}  // namespace enshrine::rollup_node
