// SPDX-License-Identifier: Apache-2.0
#include <enshrine/base/assert.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/store/crc32c.hpp>
#include <enshrine/store/shard_entry.hpp>
#include <enshrine/store/temp_folder_for_test.hpp>

#include <fstream>

// What records hold, and a store that opens a segment of any bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace enshrine;
    using namespace enshrine::store;
    const BytesView input{data, size};
    if (const auto header = decode_shard_header(input)) ENSHRINE_ASSERT(equal(encode_shard_header(*header), input));
    if (const auto table = decode_row_table(input)) ENSHRINE_ASSERT(equal(encode_row_table(*table), input));

    static const TempFolder folder;
    constexpr std::uint64_t chain = 7;
    Bytes file(segment_head_bytes);
    const std::string_view magic = "ENSHSEG1";
    std::copy(magic.begin(), magic.end(), file.begin());
    store_le(file.data() + 8, chain);
    store_le(file.data() + 16, std::uint64_t{1});
    store_le(file.data() + 28, crc32c(BytesView{file}.first(28)));  // the salt is zero: inputs can be made by hand
    append(file, input);
    const auto path = folder.path() / "00000001.segment";
    std::ofstream{path, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<const char*>(file.data()),
                                                                  static_cast<std::streamsize>(file.size()));
    const auto opened = ShardStore::open({.path = folder.path(), .chain_id = chain});
    ENSHRINE_ASSERT(opened.has_value());
    for (const ShardSummary& matrix : (*opened)->list()) {
        const auto indices = (*opened)->indices(matrix.commitment);
        ENSHRINE_ASSERT(indices.has_value());
        ENSHRINE_ASSERT((*opened)->get_rows(matrix.commitment, *indices).has_value());
    }
    while (!(*opened)->scrub(std::uint64_t{1} << 30)) {
    }
    return 0;
}
