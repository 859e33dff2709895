// SPDX-License-Identifier: Apache-2.0
#include <enshrine/store/database.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace enshrine::store {
namespace {

constexpr Column records{1};

DatabaseOptions options_at(const std::filesystem::path& path) {
    return {.path = path, .kind = "test", .schema_version = 3, .chain_id = 7, .columns = {{"records"}}};
}

std::vector<std::string> keys(const Database& database, const Range& range, std::size_t count_max = 100) {
    std::vector<std::string> out;
    EXPECT_TRUE(database
                    .scan(records, range,
                          [&](BytesView key, BytesView) {
                              out.emplace_back(as_text(key));
                              return out.size() < count_max;
                          })
                    .has_value());
    return out;
}

TEST(Database, BatchIsWrittenAndReadBack) {
    const TempFolder folder;
    {
        auto database = Database::open(options_at(folder.path())).value();
        WriteBatch batch{database};
        batch.put(records, as_bytes("a"), as_bytes("1"));
        batch.put(records, as_bytes("b"), {});
        batch.erase(records, as_bytes("a"));
        ASSERT_TRUE(database.write(std::move(batch)).has_value());
    }
    const auto database = Database::open(options_at(folder.path())).value();
    EXPECT_EQ(database.get(records, as_bytes("a")).value(), std::nullopt);
    EXPECT_EQ(database.get(records, as_bytes("b")).value(), Bytes{});
}

TEST(Database, ScansForwardBackwardAndFrom) {
    const TempFolder folder;
    auto database = Database::open(options_at(folder.path())).value();
    WriteBatch batch{database};
    for (const char* key : {"a", "b1", "b2", "b\xff", "c", "\xff\xff"}) batch.put(records, as_bytes(key), {});
    ASSERT_TRUE(database.write(std::move(batch)).has_value());
    using Keys = std::vector<std::string>;
    EXPECT_EQ(keys(database, {.prefix = as_bytes("b")}), (Keys{"b1", "b2", "b\xff"}));
    EXPECT_EQ(keys(database, {.prefix = as_bytes("b"), .from = as_bytes("b2")}), (Keys{"b2", "b\xff"}));
    EXPECT_EQ(keys(database, {.prefix = as_bytes("b"), .backward = true}), (Keys{"b\xff", "b2", "b1"}));
    EXPECT_EQ(keys(database, {.prefix = as_bytes("b\xff"), .backward = true}), (Keys{"b\xff"}));
    EXPECT_EQ(keys(database, {.prefix = as_bytes("\xff"), .backward = true}), (Keys{"\xff\xff"}));
    EXPECT_EQ(keys(database, {.backward = true}, 2), (Keys{"\xff\xff", "c"}));
    EXPECT_EQ(keys(database, {.prefix = as_bytes("d")}), Keys{});
}

TEST(Database, SnapshotOutlivesLaterWritesAndTheDatabase) {
    const TempFolder folder;
    std::optional<Snapshot> snapshot;
    {
        auto database = Database::open(options_at(folder.path())).value();
        WriteBatch first{database};
        first.put(records, as_bytes("a"), as_bytes("1"));
        ASSERT_TRUE(database.write(std::move(first)).has_value());
        snapshot = database.snapshot();
        WriteBatch second{database};
        second.put(records, as_bytes("a"), as_bytes("2"));
        ASSERT_TRUE(database.write(std::move(second)).has_value());
    }
    EXPECT_EQ(snapshot->get(records, as_bytes("a")).value(), to_bytes(as_bytes("1")));
}

TEST(Database, RefusesAnotherKindSchemaOrChainAndSaysSo) {
    const TempFolder folder;
    ASSERT_TRUE(Database::open(options_at(folder.path())).has_value());
    const auto refused = [&](const DatabaseOptions& options) {
        auto database = Database::open(options);
        EXPECT_FALSE(database.has_value());
        return database.has_value() ? StoreFault{} : database.error();
    };
    auto options = options_at(folder.path());
    options.schema_version = 4;
    EXPECT_EQ(refused(options).code, StoreError::wrong_schema);
    EXPECT_NE(refused(options).message.find("expected 4, found 3"), std::string::npos);
    options = options_at(folder.path());
    options.chain_id = 8;
    EXPECT_EQ(refused(options).code, StoreError::wrong_chain);
    EXPECT_NE(refused(options).message.find("expected 8, found 7"), std::string::npos);
    options = options_at(folder.path());
    options.kind = "other";
    EXPECT_EQ(refused(options).code, StoreError::wrong_kind);
    options.columns = {{"strange"}};
    EXPECT_EQ(refused(options).code, StoreError::wrong_kind);
    EXPECT_EQ(refused(options).path, folder.path().string());
    EXPECT_TRUE(Database::open(options_at(folder.path())).has_value());
}

TEST(Database, RefusesToOpenTwice) {
    const TempFolder folder;
    const auto database = Database::open(options_at(folder.path())).value();
    const auto second = Database::open(options_at(folder.path()));
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, StoreError::locked);
    EXPECT_TRUE(Error{second.error()}.is(StoreError::locked));
}

TEST(Database, RefusesAPathThatIsAFile) {
    const TempFolder folder;
    std::ofstream{folder.path() / "file"} << "x";
    const auto database = Database::open(options_at(folder.path() / "file"));
    ASSERT_FALSE(database.has_value());
    EXPECT_EQ(database.error().code, StoreError::io);
}

}  // namespace
}  // namespace enshrine::store
