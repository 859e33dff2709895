// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/rpc/backend_for_test.hpp>
#include <enshrine/rpc/eth.hpp>

#include <simdjson.h>

namespace {

struct Fixture {
    enshrine::rpc::testing::TestBackend backend;
    enshrine::rpc::Endpoint endpoint;
    Fixture() { enshrine::rpc::add_eth_methods(endpoint, backend); }
};

}  // namespace

/// Any body gets nothing, or an answer that is JSON again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Fixture fixture;
    static simdjson::dom::parser parser;
    const std::string answer = fixture.endpoint.handle(enshrine::as_text({data, size}));
    if (!answer.empty()) ENSHRINE_ASSERT(parser.parse(answer).error() == simdjson::SUCCESS);
    return 0;
}
