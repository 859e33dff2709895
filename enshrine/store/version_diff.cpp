// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/integer.hpp>
#include <enshrine/store/hash_map_key.hpp>
#include <enshrine/store/version_diff.hpp>

#include <unordered_map>
#include <unordered_set>

namespace enshrine::store {
namespace {

std::string_view message(std::uint16_t code) noexcept {
    return static_cast<DiffError>(code) == DiffError::not_a_tree ? "a node stands in two places of a state tree"
                                                                 : "unknown tree difference error";
}

class Diff {
public:
    explicit Diff(state::NodeReader& reader) noexcept : reader_{reader} {}

    [[nodiscard]] Result<VersionDiff> run(const Hash32& old_root, const Hash32& new_root) && {
        open_.push_back({old_root, new_root});
        while (!open_.empty()) {
            const Pair pair = open_.back();
            open_.pop_back();
            ENSHRINE_CHECK(visit(pair));
        }
        return std::move(out_);
    }

private:
    struct Pair {
        Hash32 before;
        Hash32 after;
    };
    struct Children {
        bool is_inner = false;
        Hash32 left;
        Hash32 right;
    };
    using Nodes = std::unordered_map<Hash32, state::NodePreimage, HashMapKey>;

    [[nodiscard]] Result<state::NodePreimage> read(const Hash32& hash) {
        const auto preimage = reader_.node(hash);
        if (!preimage.has_value()) return fail(state::TreeError::missing_node);
        if ((*preimage)[0] > 1) return fail(state::TreeError::malformed_node);
        return *preimage;
    }
    [[nodiscard]] static Children children_of(const state::NodePreimage& preimage) noexcept {
        const BytesView bytes{preimage};
        return {preimage[0] == 1, Hash32::from(bytes.subspan(1, 32)), Hash32::from(bytes.subspan(33, 32))};
    }

    [[nodiscard]] Result<void> visit(const Pair& pair) {
        if (pair.before == pair.after) return {};
        if (pair.before != state::empty_root && pair.after != state::empty_root) {
            ENSHRINE_TRY(const auto before, read(pair.before));
            ENSHRINE_TRY(const auto after, read(pair.after));
            const Children old_children = children_of(before);
            const Children new_children = children_of(after);
            if (old_children.is_inner && new_children.is_inner) {
                out_.stale.push_back(pair.before);
                ENSHRINE_CHECK(create(pair.after, after));
                open_.push_back({old_children.left, new_children.left});
                open_.push_back({old_children.right, new_children.right});
                return {};
            }
        }
        return replace(pair);
    }

    /// One side is a leaf or empty: the trees share at most that leaf.
    [[nodiscard]] Result<void> replace(const Pair& pair) {
        Nodes before;
        Nodes after;
        ENSHRINE_CHECK(collect(pair.before, before));
        ENSHRINE_CHECK(collect(pair.after, after));
        for (const auto& [hash, preimage] : after) {
            if (!before.contains(hash)) ENSHRINE_CHECK(create(hash, preimage));
        }
        for (const auto& [hash, preimage] : before) {
            if (!after.contains(hash)) out_.stale.push_back(hash);
        }
        return {};
    }

    [[nodiscard]] Result<void> collect(const Hash32& root, Nodes& into) {
        std::vector<Hash32> open{root};
        while (!open.empty()) {
            const Hash32 at = open.back();
            open.pop_back();
            if (at == state::empty_root) continue;
            ENSHRINE_TRY(const auto preimage, read(at));
            if (!into.emplace(at, preimage).second) return fail(DiffError::not_a_tree);
            const Children children = children_of(preimage);
            if (!children.is_inner) continue;
            open.push_back(children.left);
            open.push_back(children.right);
        }
        return {};
    }

    [[nodiscard]] Result<void> create(const Hash32& hash, const state::NodePreimage& preimage) {
        if (!created_.insert(hash).second) return fail(DiffError::not_a_tree);
        out_.created.push_back({hash, preimage});
        return {};
    }

    state::NodeReader& reader_;
    std::vector<Pair> open_;
    std::unordered_set<Hash32, HashMapKey> created_;
    VersionDiff out_;
};

}  // namespace

const ErrorDomain& error_domain(DiffError) noexcept {
    static constexpr ErrorDomain domain{"version_diff", message};
    return domain;
}

Result<VersionDiff> diff_versions(state::NodeReader& reader, const Hash32& old_root, const Hash32& new_root) {
    return Diff{reader}.run(old_root, new_root);
}

}  // namespace enshrine::store
