// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/namespaces.hpp>
#include <enshrine/node/native_da.hpp>

namespace enshrine::node {
namespace {

client::PublishOptions publish_options(std::uint64_t chain_id, const network::Connect& connect) {
    client::PublishOptions out{.chain_id = chain_id, .distribution = {}, .parallel = {}, .on_stage = {}};
    out.distribution.connect = connect;
    return out;
}

BlobReaderOptions reader_options(const network::Connect& connect) {
    BlobReaderOptions out;
    out.retrieval.connect = connect;
    return out;
}

}  // namespace

rpc::RpcResult<WaitingCalls::Slot> WaitingCalls::enter() {
    if (++running_ > max_) {
        --running_;
        return std::unexpected{
            rpc::RpcError{.code = rpc::limit_exceeded,
                          .message = "too many calls wait for blocks or storage nodes; try again soon",
                          .stable_code = "E-RPC-BUSY",
                          .expected = "at most " + std::to_string(max_) + ", half of rpc.threads"}};
    }
    return Slot{*this};
}

NativeDa::NativeDa(ChainApplication& application, const L1Backend& backend, const NativeDaOptions& options)
    : application_{application},
      connect_{options.connect},
      reader_{application, reader_options(options.connect)},
      waiting_{options.waiting_calls_max} {
    if (!options.publisher) return;
    account_ = std::make_unique<PublicationAccount>(application, backend, *options.publisher);
    publisher_ = std::make_unique<BlobPublisher>(
        *account_, BlobPublisherOptions{.window = options.batch_window,
                                        .publish = publish_options(application.chain_id(), options.connect)});
}

void NativeDa::add_methods(rpc::Endpoint& endpoint) {
    add_native_da_methods(endpoint, {.application = application_,
                                     .reader = reader_,
                                     .publisher = publisher_.get(),
                                     .waiting = waiting_,
                                     .cells = cells_,
                                     .connect = connect_});
}

void NativeDa::stop() {
    application_.stop_waiting();
    if (publisher_) publisher_->stop();
}

}  // namespace enshrine::node
