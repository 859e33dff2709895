// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/crc32c.hpp>
#include <enshrine/store/killed_child_for_test.hpp>
#include <enshrine/store/shard_store_for_test.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <thread>

namespace enshrine::store {
namespace {

constexpr std::uint64_t chain = 1337;

std::unique_ptr<ShardStore> open_store(const std::filesystem::path& path, std::uint64_t segment_bytes = 1 << 20) {
    auto store = ShardStore::open({.path = path, .chain_id = chain, .segment_bytes_max = segment_bytes});
    EXPECT_TRUE(store) << store.error().text();
    return store ? *std::move(store) : nullptr;
}

std::vector<std::filesystem::path> segments_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> out;
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
        if (file.path().extension() == ".segment") out.push_back(file.path());
    }
    std::ranges::sort(out);
    return out;
}

Bytes read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// In place: a file that is cut off first is written through to the disk by some file systems, thousands of times here.
void write_file(const std::filesystem::path& path, BytesView bytes) {
    std::fstream{path, std::ios::binary | std::ios::in | std::ios::out}.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::filesystem::resize_file(path, bytes.size());
}

TEST(Crc32c, KnownValuesAndContinuation) {
    EXPECT_EQ(crc32c(as_bytes("123456789")), 0xE3069283U);
    EXPECT_EQ(crc32c(Bytes(32, 0)), 0x8A9136AAU);
    EXPECT_EQ(crc32c({}), 0U);
    Bytes noise(1000);
    for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<Byte>(i * 131 + i / 7);
    for (std::size_t cut = 0; cut <= noise.size(); cut += 13) {
        const BytesView all{noise};
        EXPECT_EQ(crc32c(all.subspan(cut), crc32c(all.first(cut))), crc32c_portable(all));
    }
}

TEST(ShardStore, KeepsWhatWasCommittedAcrossRestarts) {
    const TempFolder folder;
    const NoiseMatrix first{1};
    const NoiseMatrix second{2, 192, 64};
    {
        const auto store = open_store(folder.path());
        ASSERT_TRUE(store_matrix(*store, first, 10));
        ASSERT_TRUE(store_matrix(*store, second, 20));
        expect_intact(*store, first);
    }
    const auto store = open_store(folder.path());
    expect_intact(*store, first);
    expect_intact(*store, second);
    EXPECT_EQ(store->usage().matrices, 2U);
    EXPECT_EQ(store->usage().recovered_damage_bytes, 0U);
    EXPECT_EQ(store->summary(second.commitment())->expires_at, 20U);
    EXPECT_EQ(store->summary(second.commitment())->rows, 256U);
}

TEST(ShardStore, UncommittedUploadsHaveNeverBeenThere) {
    const TempFolder folder;
    const NoiseMatrix matrix{1};
    {
        const auto store = open_store(folder.path());
        const auto session = store->begin(matrix.header);
        ASSERT_TRUE(session);
        ASSERT_TRUE(store->append(*session, matrix.take(0, 8)));
        EXPECT_FALSE(store->has(matrix.commitment()));
        EXPECT_GT(store->usage().unconfirmed_bytes, 0U);
    }
    const auto store = open_store(folder.path());
    EXPECT_FALSE(store->has(matrix.commitment()));
    EXPECT_FALSE(*store->get_rows(matrix.commitment(), std::vector<std::uint32_t>{0}));
    EXPECT_FALSE(*store->header(matrix.commitment()));
    EXPECT_EQ(store->usage().unconfirmed_bytes, 0U);
}

TEST(ShardStore, TheSameMatrixTwiceIsKeptOnce) {
    const TempFolder folder;
    const auto store = open_store(folder.path());
    const NoiseMatrix matrix{1};
    ASSERT_TRUE(store_matrix(*store, matrix, 30));
    ASSERT_TRUE(store_matrix(*store, matrix, 10));
    EXPECT_EQ(store->usage().matrices, 1U);
    EXPECT_EQ(store->summary(matrix.commitment())->expires_at, 30U) << "a later upload never shortens";
    EXPECT_EQ(store->summary(matrix.commitment())->rows, matrix.total());
    expect_intact(*store, matrix);
}

TEST(ShardStore, ConfirmationPinAndExpiry) {
    const TempFolder folder;
    const NoiseMatrix matrix{1};
    const NoiseMatrix unpublished{2};
    {
        const auto store = open_store(folder.path());
        ASSERT_TRUE(store_matrix(*store, matrix, 100));
        ASSERT_TRUE(store_matrix(*store, unpublished, 10));
        EXPECT_GT(store->usage().unconfirmed_bytes, 0U);
        EXPECT_TRUE(*store->confirm(matrix.commitment(), 50));
        EXPECT_EQ(store->summary(matrix.commitment())->expires_at, 50U) << "the first one replaces";
        EXPECT_TRUE(*store->confirm(matrix.commitment(), 40));
        EXPECT_EQ(store->summary(matrix.commitment())->expires_at, 50U) << "later ones extend";
        EXPECT_TRUE(*store->extend(unpublished.commitment(), 11));
        EXPECT_FALSE(*store->confirm(NoiseMatrix{3}.commitment(), 40));
        EXPECT_FALSE(*store->pin(NoiseMatrix{3}.commitment(), true));
        EXPECT_EQ(*store->prune(10), 0U);
        EXPECT_EQ(*store->prune(11), 1U);
        EXPECT_FALSE(store->has(unpublished.commitment()));
        EXPECT_TRUE(*store->pin(matrix.commitment(), true));
    }
    const auto store = open_store(folder.path());
    EXPECT_TRUE(store->summary(matrix.commitment())->confirmed);
    EXPECT_EQ(store->summary(matrix.commitment())->expires_at, 50U);
    EXPECT_EQ(*store->prune(1000), 1U) << "the unpublished one, whose segment was still there";
    expect_intact(*store, matrix);
    EXPECT_TRUE(*store->pin(matrix.commitment(), false));
    EXPECT_EQ(*store->prune(1000), 1U);
    EXPECT_FALSE(store->has(matrix.commitment()));
}

TEST(ShardStore, WholeSegmentsGoAndSparseOnesAreRewritten) {
    const TempFolder folder;
    const auto store = open_store(folder.path(), 64 << 10);
    std::vector<NoiseMatrix> matrices;
    for (std::uint64_t i = 0; i < 40; ++i) {
        matrices.emplace_back(i, 256, 8);
        ASSERT_TRUE(store_matrix(*store, matrices.back(), i % 8 == 0 ? 1000 : 10));
    }
    const std::size_t before = segments_in(folder.path()).size();
    EXPECT_GT(before, 5U);
    EXPECT_EQ(*store->prune(10), 35U);
    EXPECT_LT(segments_in(folder.path()).size(), before / 2);
    for (std::uint64_t i = 0; i < 40; i += 8) expect_intact(*store, matrices[i]);
    EXPECT_EQ(*store->prune(1000), 5U);
    EXPECT_EQ(segments_in(folder.path()).size(), 1U) << "the segment that grows stays";
}

TEST(ShardStore, PruningDisturbsNoReader) {
    const TempFolder folder;
    const auto store = open_store(folder.path(), 8 << 10);
    std::vector<NoiseMatrix> matrices;
    for (std::uint64_t i = 0; i < 24; ++i) matrices.emplace_back(i, 512, 8);
    for (const NoiseMatrix& matrix : matrices) ASSERT_TRUE(store_matrix(*store, matrix, 10));
    std::atomic<bool> started = false;
    std::atomic<std::size_t> complete = 0;
    std::jthread reader{[&] {
        for (int turn = 0; turn < 40; ++turn) {
            for (const NoiseMatrix& matrix : matrices) {
                std::vector<std::uint32_t> all(matrix.total());
                for (std::uint32_t i = 0; i < matrix.total(); ++i) all[i] = i;
                const auto rows = store->get_rows(matrix.commitment(), all);
                started = true;
                started.notify_one();
                ASSERT_TRUE(rows);
                if (*rows) {  // all or nothing, and never damage
                    EXPECT_EQ((*rows)->indices.size(), all.size());
                    ++complete;
                }
            }
        }
    }};
    started.wait(false);
    EXPECT_EQ(*store->prune(10), 24U);
    reader.join();
    EXPECT_GT(complete, 0U);
    EXPECT_TRUE(store->damaged().empty());
}

TEST(ShardStore, ForeignChainAndSecondProcessAreRefused) {
    const TempFolder folder;
    {
        const auto store = open_store(folder.path());
        ASSERT_TRUE(store_matrix(*store, NoiseMatrix{1}, 10));
        const auto second = ShardStore::open({.path = folder.path(), .chain_id = chain});
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, StoreError::locked);
    }
    const auto other = ShardStore::open({.path = folder.path(), .chain_id = 7});
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, StoreError::wrong_chain);
    EXPECT_NE(other.error().message.find("1337"), std::string::npos);
}

// Every byte at which a crash can cut the file off: what was committed before is intact, the rest has never been there.
TEST(ShardStore, EveryTornTailIsRecovered) {
    const TempFolder folder;
    const NoiseMatrix first{1, 64, 4};
    const NoiseMatrix second{2, 64, 4};
    std::uint64_t first_end = 0;
    {
        const auto store = open_store(folder.path());
        ASSERT_TRUE(store_matrix(*store, first, 10));
        first_end = store->usage().disk_bytes;
        ASSERT_TRUE(store_matrix(*store, second, 10));
    }
    const auto path = segments_in(folder.path()).front();
    const Bytes whole = read_file(path);
    for (std::size_t size = first_end; size <= whole.size(); ++size) {
        write_file(path, BytesView{whole}.first(size));
        const auto store = open_store(folder.path());
        expect_intact(*store, first);
        EXPECT_EQ(store->has(second.commitment()), size == whole.size()) << size;
        EXPECT_EQ(store->usage().disk_bytes + store->usage().recovered_damage_bytes, size);
        if (size % 97 != 0) continue;
        ASSERT_TRUE(store_matrix(*store, second, 10)) << "the store goes on behind the cut";
        expect_intact(*store, second);
    }
}

// A flipped bit anywhere costs at most what it hit: it is reported, and never passes for data.
TEST(ShardStore, EveryFlippedByteIsFound) {
    const TempFolder folder;
    const NoiseMatrix first{1, 64, 4};
    const NoiseMatrix second{2, 64, 4};
    std::uint64_t first_end = 0;
    {
        const auto store = open_store(folder.path());
        ASSERT_TRUE(store_matrix(*store, first, 10));
        first_end = store->usage().disk_bytes;
        ASSERT_TRUE(store_matrix(*store, second, 10));
    }
    const auto path = segments_in(folder.path()).front();
    const Bytes whole = read_file(path);
    std::vector<std::uint32_t> all(first.total());
    for (std::uint32_t i = 0; i < first.total(); ++i) all[i] = i;
    for (std::size_t at = segment_head_bytes; at < first_end; ++at) {
        Bytes flipped = whole;
        flipped[at] ^= static_cast<Byte>(1U << (at % 8));
        write_file(path, flipped);
        const auto store = open_store(folder.path());
        expect_intact(*store, second);
        const auto rows = store->get_rows(first.commitment(), all);
        ASSERT_TRUE(rows);
        std::size_t good = 0;
        if (*rows) {
            for (std::size_t i = 0; i < (*rows)->indices.size(); ++i, ++good) {
                const std::uint32_t index = (*rows)->indices[i];
                ASSERT_TRUE(equal(BytesView{(*rows)->rows}.subspan(i * 64, 64), first.rows[index])) << at;
            }
        }
        if (good == all.size()) continue;  // padding, or the reserved word of a head
        const bool reported = store->damaged().size() == 1 && store->damaged()[0].indices.size() == all.size() - good;
        EXPECT_TRUE(reported || store->usage().recovered_damage_bytes > 0 || !store->has(first.commitment()) ||
                    store->indices(first.commitment())->size() < all.size())
            << at;
    }
}

TEST(ShardStore, DamagedRowsAreScrubbedAndRepaired) {
    const TempFolder folder;
    const NoiseMatrix matrix{1, 4096, 8};
    {
        const auto store = open_store(folder.path());
        ASSERT_TRUE(store_matrix(*store, matrix, 10));
    }
    const auto path = segments_in(folder.path()).front();
    Bytes bytes = read_file(path);
    const auto hit = std::ranges::search(bytes, matrix.rows[5]).begin();
    ASSERT_NE(hit, bytes.end());
    *(hit + 1000) ^= 0x10;
    write_file(path, bytes);

    auto store = open_store(folder.path());
    EXPECT_TRUE(store->damaged().empty()) << "not read yet";
    while (!store->scrub(1 << 20)) {
    }
    ASSERT_EQ(store->damaged().size(), 1U);
    EXPECT_EQ(store->damaged()[0].indices, std::vector<std::uint32_t>{5});
    EXPECT_EQ(store->usage().damaged_rows, 1U);
    ASSERT_TRUE(store->repair(matrix.commitment(), matrix.take(5, 1)));
    EXPECT_TRUE(store->damaged().empty());
    expect_intact(*store, matrix);
    store.reset();
    store = open_store(folder.path());
    expect_intact(*store, matrix);
    EXPECT_EQ(store->indices(matrix.commitment())->size(), matrix.total());
}

// The kernel refuses to let the file grow: what a full disk looks like.
TEST(ShardStore, AFullDiskLosesNothingThatWasAcknowledged) {
    const TempFolder folder;
    std::vector<NoiseMatrix> kept;
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    auto store = open_store(folder.path(), 1 << 30);
    const rlimit limit{.rlim_cur = 200'000, .rlim_max = before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::optional<StoreFault> refusal;
    std::optional<NoiseMatrix> refused;
    for (std::uint64_t i = 0; i < 1000 && !refusal; ++i) {
        NoiseMatrix matrix{i, 256, 8};
        const auto stored = store_matrix(*store, matrix, 10);
        if (stored) {
            kept.push_back(std::move(matrix));
        } else {
            refusal = stored.error();
            refused = std::move(matrix);
        }
    }
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, old_handler);
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, StoreError::io);
    EXPECT_NE(refusal->message.find("size limit"), std::string::npos) << refusal->message;
    EXPECT_GT(kept.size(), 5U);
    for (const NoiseMatrix& matrix : kept) expect_intact(*store, matrix);
    ASSERT_TRUE(store_matrix(*store, *refused, 10)) << "there is space again";
    store.reset();
    store = open_store(folder.path());
    for (const NoiseMatrix& matrix : kept) expect_intact(*store, matrix);
    expect_intact(*store, *refused);
    EXPECT_EQ(store->usage().recovered_damage_bytes, 0U);
}

// Run in a process of its own: stores matrices forever and notes each one that was acknowledged.
TEST(ShardStoreChild, DISABLED_StoresUntilKilled) {
    const std::filesystem::path folder = std::getenv(child_folder_variable);
    const auto store = open_store(folder / "rows", 256 << 10);
    ASSERT_TRUE(store);
    std::ofstream acknowledged{folder / "acknowledged", std::ios::app};
    std::uint64_t number = 0;
    for (std::string line; std::ifstream in{folder / "next"};) {
        in >> number;
        break;
    }
    tell_started(folder);
    for (;; ++number) {
        ASSERT_TRUE(store_matrix(*store, NoiseMatrix{number, 256, 16}, number + 20));
        acknowledged << number << std::endl;
        if (number % 16 != 15) continue;
        ASSERT_TRUE(store->prune(number > 64 ? number - 64 : 0));
    }
}

TEST(ShardStore, SurvivesKillsAtAnyMoment) {
    const TempFolder folder;
    std::mt19937_64 random{7};
    std::uint64_t next = 0;
    for (int round = 0; round < 12; ++round) {
        std::ofstream{folder.path() / "next"} << next;
        ASSERT_TRUE(run_and_kill("ShardStoreChild.DISABLED_StoresUntilKilled", folder.path(),
                                 std::chrono::microseconds{random() % 60'000}));
        const auto store = open_store(folder.path() / "rows", 256 << 10);
        ASSERT_TRUE(store);
        std::ifstream in{folder.path() / "acknowledged"};
        std::vector<std::uint64_t> acknowledged;
        for (std::uint64_t number = 0; in >> number;) acknowledged.push_back(number);
        if (acknowledged.empty()) continue;
        const std::uint64_t last = acknowledged.back();
        for (const std::uint64_t number : acknowledged) {
            if (number + 20 > last + 1) expect_intact(*store, NoiseMatrix{number, 256, 16});
        }
        while (!store->scrub(1 << 30)) {
        }
        EXPECT_TRUE(store->damaged().empty());
        next = last + 1;
    }
    EXPECT_GT(next, 0U);
}

// Any sequence of operations leaves what a simple model says, before and after a restart.
RC_GTEST_PROP(ShardStore, BehavesLikeItsModel, ()) {
    struct Kept {
        std::uint64_t expires_at = 0;
        bool confirmed = false;
        bool pinned = false;
    };
    const TempFolder folder;
    std::map<std::uint64_t, Kept> model;
    std::uint64_t height = 0;
    auto store = open_store(folder.path(), 16 << 10);
    const auto steps = *rc::gen::inRange(1, 40);
    for (int step = 0; step < steps; ++step) {
        const auto number = *rc::gen::inRange<std::uint64_t>(0, 6);
        const auto expiry = height + *rc::gen::inRange<std::uint64_t>(1, 10);
        const NoiseMatrix matrix{number, 64, 8};
        switch (*rc::gen::inRange(0, 6)) {
            case 0: {
                RC_ASSERT(store_matrix(*store, matrix, expiry));
                const std::uint64_t before = model.contains(number) ? model[number].expires_at : 0;
                model[number].expires_at = std::max(before, expiry);
                break;
            }
            case 1: {
                RC_ASSERT(*store->confirm(matrix.commitment(), expiry) == model.contains(number));
                if (!model.contains(number)) break;
                Kept& kept = model[number];
                kept.expires_at = kept.confirmed ? std::max(kept.expires_at, expiry) : expiry;
                kept.confirmed = true;
                break;
            }
            case 2: {
                const bool pinned = *rc::gen::arbitrary<bool>();
                RC_ASSERT(*store->pin(matrix.commitment(), pinned) == model.contains(number));
                if (model.contains(number)) model[number].pinned = pinned;
                break;
            }
            case 3: {
                height += *rc::gen::inRange<std::uint64_t>(0, 4);
                RC_ASSERT(store->prune(height));
                std::erase_if(
                    model, [&](const auto& kept) { return !kept.second.pinned && kept.second.expires_at <= height; });
                break;
            }
            case 4: {
                const auto index = *rc::gen::inRange<std::uint32_t>(0, matrix.total());
                RC_ASSERT(store->repair(matrix.commitment(), matrix.take(index, 1)));
                break;
            }
            case 5: {
                store.reset();
                store = open_store(folder.path(), 16 << 10);
                RC_ASSERT(store->prune(height));  // what had expired may be back until then
                break;
            }
        }
        for (std::uint64_t i = 0; i < 6; ++i) {
            const NoiseMatrix other{i, 64, 8};
            RC_ASSERT(store->has(other.commitment()) == model.contains(i));
            if (!model.contains(i)) continue;
            expect_intact(*store, other);
            RC_ASSERT(store->summary(other.commitment())->expires_at == model[i].expires_at);
            RC_ASSERT(store->summary(other.commitment())->confirmed == model[i].confirmed);
            RC_ASSERT(store->summary(other.commitment())->pinned == model[i].pinned);
        }
    }
}

/// Flips the byte before these in the one segment.
void flip_before(const std::filesystem::path& folder, BytesView wanted) {
    for (const auto& file : std::filesystem::directory_iterator{folder}) {
        if (file.path().extension() != ".segment") continue;
        Bytes bytes = read_file(file.path());
        const auto hit = std::ranges::search(bytes, wanted);
        ASSERT_FALSE(hit.empty());
        *(hit.begin() - 1) ^= 1;
        write_file(file.path(), bytes);
    }
}

// A table that cannot be read says nothing of its rows: that they are gone is found, and said once.
TEST(ShardStore, ADamagedTableIsFound) {
    const TempFolder folder;
    auto store = ShardStore::open({.path = folder.path(), .chain_id = 1}).value();
    const NoiseMatrix matrix{1};
    ASSERT_TRUE(store_matrix(*store, matrix, 100));
    flip_before(folder.path(), matrix.rows[0]);
    while (!store->scrub(1 << 20)) {
    }
    ASSERT_EQ(store->damaged().size(), 1U);
    EXPECT_TRUE(store->damaged()[0].indices.empty());
    const std::uint32_t half = matrix.total() / 2;
    EXPECT_EQ(store->indices(matrix.commitment())->size(), half);
    ASSERT_TRUE(store->repair(matrix.commitment(), matrix.take(0, half)));
    store->settle_damage(matrix.commitment());
    while (!store->scrub(1 << 20)) {
    }
    EXPECT_TRUE(store->damaged().empty());
    expect_intact(*store, matrix);
}

// Without its header a matrix proves nothing: it is found, let go, and stored anew.
TEST(ShardStore, ADamagedHeaderIsFound) {
    const TempFolder folder;
    auto store = ShardStore::open({.path = folder.path(), .chain_id = 1}).value();
    const NoiseMatrix matrix{1};
    ASSERT_TRUE(store_matrix(*store, matrix, 100));
    flip_before(folder.path(), BytesView{matrix.header.combinations}.last(8));
    while (!store->scrub(1 << 20)) {
    }
    ASSERT_EQ(store->damaged().size(), 1U);
    EXPECT_TRUE(store->damaged()[0].indices.empty());
    EXPECT_FALSE(store->header(matrix.commitment()).has_value());
    store->forget(matrix.commitment());
    EXPECT_FALSE(store->has(matrix.commitment()));
    ASSERT_TRUE(store_matrix(*store, matrix, 100));
    EXPECT_TRUE(store->damaged().empty());
    expect_intact(*store, matrix);
    store.reset();
    store = ShardStore::open({.path = folder.path(), .chain_id = 1}).value();
    expect_intact(*store, matrix);
}

}  // namespace
}  // namespace enshrine::store
