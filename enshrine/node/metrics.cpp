// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/node/metrics.hpp>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace enshrine::node {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(std::string name, std::string help, MetricType type, double value) {
    ClientMetric metric;
    if (type == MetricType::Counter)
        metric.counter.value = value;
    else
        metric.gauge.value = value;
    MetricFamily out;
    out.name = std::move(name);
    out.help = std::move(help);
    out.type = type;
    out.metric.push_back(std::move(metric));
    return out;
}

}  // namespace

std::string metrics_text(const ChainApplication& application, std::string_view version) {
    const ApplicationCounters& counters = application.counters();
    const auto head = application.head();
    std::vector<MetricFamily> families;
    const auto gauge = [&](std::string name, std::string help, double value) {
        families.push_back(family("enshrine_" + std::move(name), std::move(help), MetricType::Gauge, value));
    };
    const auto counter = [&](std::string name, std::string help, double value) {
        families.push_back(family("enshrine_" + std::move(name), std::move(help), MetricType::Counter, value));
    };
    const auto of = [](const std::atomic<std::uint64_t>& value) { return static_cast<double>(value.load()); };
    gauge("block_height", "Height of the head.", static_cast<double>(head->header.number));
    gauge("block_timestamp_seconds", "Time of the head, since 1970.", static_cast<double>(head->header.timestamp));
    gauge("block_gas_used", "Gas that the head used.", static_cast<double>(head->header.gas_used));
    gauge("mempool_transactions", "Transactions that wait for a block.",
          static_cast<double>(application.pending().size()));
    counter("blocks_total", "Blocks since the start.", of(counters.blocks));
    counter("transactions_total", "Transactions in those blocks.", of(counters.transactions));
    counter("transactions_skipped_total", "Waiting transactions that could not be executed.",
            of(counters.transactions_skipped));
    counter("submissions_accepted_total", "Transactions that were acknowledged.", of(counters.submissions_accepted));
    counter("submissions_refused_total", "Transactions that were refused.", of(counters.submissions_refused));
    counter("blobs_total", "Blobs in blocks since the start.", of(counters.blobs));
    counter("proofs_verified_on_admission_total",
            "Proofs of waiting transactions that were verified before their block.",
            static_cast<double>(application.proof_admission().verified()));
    counter("proof_batches_on_admission_total", "Batches in which they were verified.",
            static_cast<double>(application.proof_admission().batches()));
    counter("block_execute_seconds_total", "Time spent executing blocks.", of(counters.execute_microseconds) / 1e6);
    counter("block_commit_seconds_total", "Time spent writing blocks to disk.", of(counters.commit_microseconds) / 1e6);
    families.push_back(family("enshrine_build_info", "The version that runs.", MetricType::Gauge, 1));
    families.back().metric.front().label.push_back({"version", std::string{version}});
    return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace enshrine::node
