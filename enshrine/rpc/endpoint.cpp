// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/rpc/discover.hpp>
#include <enshrine/rpc/endpoint.hpp>
#include <enshrine/rpc/error_json.hpp>
#include <enshrine/rpc/json_access.hpp>
#include <enshrine/rpc/json_writer.hpp>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <exception>
#include <memory>
#include <optional>

namespace enshrine::rpc {
namespace {

using Element = JsonAccess::Element;
using simdjson::SUCCESS;

constexpr std::size_t parser_bytes_start = 4096;
constexpr std::size_t parser_bytes_kept_max = 1024 * 1024;
constexpr std::size_t shown_chars_max = 100;

/// One parser per thread, taken while a body is being answered: a handler may itself ask another endpoint.
class BorrowedParser {
public:
    BorrowedParser() : parser_{std::move(spare())} {
        if (parser_) return;
        parser_ = std::make_unique<simdjson::dom::parser>();
        if (parser_->allocate(parser_bytes_start, json_depth_max) != SUCCESS) throw std::bad_alloc{};
    }
    ~BorrowedParser() {
        if (parser_->capacity() <= parser_bytes_kept_max) spare() = std::move(parser_);
    }
    BorrowedParser(const BorrowedParser&) = delete;
    BorrowedParser& operator=(const BorrowedParser&) = delete;
    simdjson::dom::parser* operator->() const noexcept { return parser_.get(); }

private:
    static std::unique_ptr<simdjson::dom::parser>& spare() noexcept {
        thread_local std::unique_ptr<simdjson::dom::parser> parser;
        return parser;
    }
    std::unique_ptr<simdjson::dom::parser> parser_;
};

RpcError bad_request(std::string field, std::string expected, std::string got) {
    std::string message = fmt::format("invalid request: {}: expected {}, got {}", field, expected, got);
    return {.code = invalid_request,
            .message = std::move(message),
            .stable_code = "E-RPC-INVALID-REQUEST",
            .field = std::move(field),
            .expected = std::move(expected),
            .got = std::move(got)};
}

RpcError bad_json(simdjson::error_code code) {
    RpcError error{.code = parse_error, .stable_code = "E-RPC-PARSE"};
    if (code == simdjson::DEPTH_ERROR) {
        error.message = fmt::format("parse error: nested deeper than {} levels", json_depth_max);
        error.expected = fmt::format("at most {} levels", json_depth_max);
    } else {
        error.message = fmt::format("parse error: {}", simdjson::error_message(code));
        error.expected = "JSON";
    }
    return error;
}

RpcError unknown_method(std::string_view name) {
    std::string shown{name.substr(0, shown_chars_max)};
    return {.code = method_not_found,
            .message = fmt::format("the method {} does not exist", shown),
            .stable_code = "E-RPC-METHOD-NOT-FOUND",
            .field = "method",
            .expected = "a method listed by rpc.discover",
            .got = std::move(shown)};
}

/// In Geth's words. A parameter that is ignored, such as the state overrides of eth_call, would give a wrong answer.
RpcError too_many_parameters(std::size_t count, std::size_t most) {
    return {.code = invalid_params,
            .message = fmt::format("too many arguments, want at most {}", most),
            .stable_code = "E-RPC-TOO-MANY-PARAMETERS",
            .field = "params",
            .expected = fmt::format("at most {}", most),
            .got = fmt::format("{}", count)};
}

RpcError internal(std::string_view cause) {
    return {
        .code = internal_error, .message = fmt::format("internal error: {}", cause), .stable_code = "E-RPC-INTERNAL"};
}

std::string shown(const Element& element) {
    std::string text = simdjson::minify(element);
    if (text.size() > shown_chars_max) text = text.substr(0, shown_chars_max) + "…";
    return text;
}

struct Call {
    std::optional<std::string> id;  ///< JSON text; nothing for a notification
    std::string_view method;
    std::optional<Element> params;
};

/// The id decides whether there is an answer at all, so it is read before anything else can be wrong.
RpcResult<std::optional<std::string>> read_id(const Element& request) {
    Element id;
    if (request.at_key("id").get(id) != SUCCESS) return std::optional<std::string>{};
    if (!id.is_string() && !id.is_number() && !id.is_null()) {
        return std::unexpected{bad_request("id", "a string, a number or null", shown(id))};
    }
    return std::optional<std::string>{simdjson::minify(id)};
}

RpcResult<Call> read_call(const Element& request, std::optional<std::string> id) {
    Call call{.id = std::move(id), .method = {}, .params = {}};
    std::string_view version;
    if (request.at_key("jsonrpc").get(version) != SUCCESS || version != "2.0") {
        Element sent;
        const bool present = request.at_key("jsonrpc").get(sent) == SUCCESS;
        return std::unexpected{bad_request("jsonrpc", "\"2.0\"", present ? shown(sent) : "nothing")};
    }
    if (request.at_key("method").get(call.method) != SUCCESS) {
        Element sent;
        const bool present = request.at_key("method").get(sent) == SUCCESS;
        return std::unexpected{bad_request("method", "a string", present ? shown(sent) : "nothing")};
    }
    Element params;
    if (request.at_key("params").get(params) != SUCCESS || params.is_null()) return call;
    if (!params.is_array() && !params.is_object()) {
        return std::unexpected{bad_request("params", "an array or an object", shown(params))};
    }
    call.params = params;
    return call;
}

RpcResult<std::string> run(const Handler& handler, const Params& params) {
    try {
        return handler(params);
    } catch (const std::exception& error) {
        spdlog::error("rpc: a handler threw: {}", error.what());
        return std::unexpected{internal(error.what())};
    } catch (...) {
        spdlog::error("rpc: a handler threw something that is no exception");
        return std::unexpected{internal("unknown cause")};
    }
}

std::string result_answer(std::string_view result, std::string_view id) {
    JsonWriter json;
    json.begin_object().string("jsonrpc", "2.0").raw("id", id).raw("result", result).end_object();
    return json.take();
}

}  // namespace

/// Answers what a parsed body asks; friend of Params.
struct CallReader {
    const Endpoint& endpoint;

    /// Empty for a notification.
    [[nodiscard]] std::string answer(const Element& request) const {
        if (!request.is_object()) return error_answer(bad_request("request", "an object", shown(request)));
        auto id = read_id(request);
        if (!id) return error_answer(id.error());
        const std::string id_text = id->value_or("null");
        const auto call = read_call(request, *std::move(id));
        if (!call) return error_answer(call.error(), id_text);
        const auto result = dispatch(*call);
        if (!call->id) return {};
        return result ? result_answer(*result, id_text) : error_answer(result.error(), id_text);
    }

    [[nodiscard]] std::string answer_batch(const simdjson::dom::array& requests) const {
        const std::size_t count = requests.size();
        if (count == 0) return error_answer(bad_request("batch", "at least one call", "an empty array"));
        if (count > batch_calls_max) return error_answer(too_many_calls(requests));
        std::string out;
        for (const Element request : requests) {
            const std::string one = out.size() > batch_answer_bytes_max ? refuse_rest(request) : answer(request);
            if (one.empty()) continue;
            out += out.empty() ? '[' : ',';
            out += one;
        }
        if (!out.empty()) out += ']';
        return out;
    }

private:
    [[nodiscard]] RpcResult<std::string> dispatch(const Call& call) const {
        const auto entry = endpoint.methods().find(call.method);
        if (entry == endpoint.methods().end()) return std::unexpected{unknown_method(call.method)};
        const JsonValue list =
            call.params ? JsonAccess::make(*call.params, "params") : JsonAccess::make_missing("params");
        const Params params{list};
        const std::size_t most = entry->second.parameters_max;
        if (most != 0 && params.size() > most) return std::unexpected{too_many_parameters(params.size(), most)};
        return run(entry->second.handler, params);
    }

    [[nodiscard]] static RpcError too_many_calls(const simdjson::dom::array& requests) {
        return {.code = limit_exceeded,
                .message = fmt::format("batch of {} calls; at most {} are allowed", requests.size(), batch_calls_max),
                .stable_code = "E-RPC-BATCH-TOO-LARGE",
                .field = "batch",
                .expected = fmt::format("at most {} calls", batch_calls_max),
                .got = fmt::format("{}", requests.size())};
    }

    [[nodiscard]] static std::string refuse_rest(const Element& request) {
        Element id;
        const bool answered = request.at_key("id").get(id) == SUCCESS && (id.is_string() || id.is_number());
        return error_answer(
            {.code = limit_exceeded,
             .message = fmt::format("the answers of this batch exceed {} bytes", batch_answer_bytes_max),
             .stable_code = "E-RPC-BATCH-ANSWER-TOO-LARGE",
             .expected = fmt::format("at most {} bytes", batch_answer_bytes_max)},
            answered ? simdjson::minify(id) : "null");
    }
};

void Endpoint::add(std::string name, MethodEntry entry) {
    entry.parameters_max = count_parameters(entry.parameters);
    methods_.insert_or_assign(std::move(name), std::move(entry));
}

std::string Endpoint::handle(std::string_view body) const noexcept {
    try {
        const BorrowedParser parser;
        Element document;
        const auto code = parser->parse(body.data(), body.size()).get(document);
        if (code != SUCCESS) return error_answer(bad_json(code));
        const CallReader reader{*this};
        simdjson::dom::array batch;
        return document.get(batch) == SUCCESS ? reader.answer_batch(batch) : reader.answer(document);
    } catch (const std::exception& error) {
        spdlog::error("rpc: {}", error.what());
        return R"({"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"internal error"}})";
    }
}

}  // namespace enshrine::rpc
