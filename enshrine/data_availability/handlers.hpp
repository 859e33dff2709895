// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/system/context.hpp>

/// Handlers of the method table in interface.cpp.
namespace enshrine::data_availability {

using Handler = system::CallResult(system::CallContext& context, const codec::abi::Arguments& arguments);

Handler apply_publish;
Handler apply_publish_matrix;
Handler apply_set_committee;
Handler apply_set_administrator;
Handler apply_claim_namespace;
Handler apply_set_retention;
Handler query_publication;
Handler query_committee;
Handler query_committee_at;
Handler query_retention;
Handler query_byte_price;
Handler query_fee;
Handler query_blob_info;
Handler query_verify_sample;

}  // namespace enshrine::data_availability
