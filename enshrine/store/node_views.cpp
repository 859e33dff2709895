// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/node_views.hpp>

namespace enshrine::store {

std::optional<state::NodePreimage> VersionNodes::node(const Hash32& hash) {
    if (!store_.preimage(hash, buffer_) || buffer_.view().size() != state::node_bytes) return std::nullopt;
    state::NodePreimage preimage{};
    std::ranges::copy(buffer_.view(), preimage.begin());
    return preimage;
}

std::optional<Bytes> VersionView::get(const state::Key& key) const {
    VersionNodes nodes{store_};
    const auto value_hash = state::lookup(nodes, root_, state::path_of(key));
    if (!value_hash.has_value()) {
        stop_on({StoreError::pruned, store_.path(), std::string{value_hash.error().message()}});
    }
    if (!value_hash->has_value()) return std::nullopt;
    PreimageBuffer value;
    if (!store_.preimage(**value_hash, value)) {
        stop_on({StoreError::pruned, store_.path(), "a value of the state is not known"});
    }
    return to_bytes(value.view());
}

}  // namespace enshrine::store
