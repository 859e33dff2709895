// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/system/context.hpp>

namespace enshrine::system {

void emit_event(CallContext& context, std::string_view declaration, std::span<const Hash32> indexed,
                const codec::abi::Encoder& data) {
    types::Log log;
    log.address = context.self;
    log.topics.reserve(1 + indexed.size());
    log.topics.push_back(codec::abi::signature_hash(declaration));
    log.topics.insert(log.topics.end(), indexed.begin(), indexed.end());
    log.data = data.finish();
    context.logs.push_back(std::move(log));
}

}  // namespace enshrine::system
