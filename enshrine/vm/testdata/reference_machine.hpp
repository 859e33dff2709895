// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#pragma once

#include <enshrine/base/bytes.hpp>
#include <enshrine/base/integer.hpp>
#include <enshrine/codec/binary.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/vm/testdata/assembler.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

/// A second machine for tests, written from the specification alone: decodes every word anew, steps one instruction at
/// a time, keeps memory byte by byte, and hashes all of its pages. Of the calls it knows `halt`.
namespace enshrine::vm {

class ReferenceMachine {
public:
    enum class Status : std::uint8_t { running = 0, halted = 1, panicked = 2, trapped = 3, overflow = 4 };
    enum class Trap : std::uint8_t { none, illegal, misaligned, fetch, memory, text, unknown_call, pages };

    ReferenceMachine(std::uint64_t entry, const std::vector<ElfSegment>& segments, BytesView argument_page)
        : pc{entry} {
        x[2] = 0xfffff000;
        for (const ElfSegment& segment : segments) {
            for (std::size_t k = 0; k < segment.content.size(); ++k) memory_[segment.address + k] = segment.content[k];
            if ((segment.flags & 1) != 0) texts_.push_back({segment.address, segment.content.size()});
        }
        for (std::size_t k = 0; k < argument_page.size(); ++k) memory_[0x1000 + k] = argument_page[k];
    }

    std::array<std::uint64_t, 32> x{};
    std::uint64_t pc = 0;
    std::uint64_t steps = 0;
    std::uint64_t weight = 0;
    std::uint64_t exit_code = 0;
    Status status = Status::running;
    Trap trap = Trap::none;

    void step(std::uint64_t steps_max, std::uint64_t weight_max = ~0ULL) {
        if (status != Status::running) return;
        const bool page = in_text(pc) && writes_new_page(static_cast<std::uint32_t>(read(pc, 4)));
        const std::uint64_t cost = page ? 2501 : 1;
        if (steps == steps_max || cost > weight_max - weight) {
            status = Status::overflow;
            return;
        }
        ++steps;
        weight += cost;
        const Trap found = in_text(pc) ? execute(static_cast<std::uint32_t>(read(pc, 4))) : Trap::fetch;
        x[0] = 0;
        if (found == Trap::none) return;
        trap = found;
        status = found == Trap::unknown_call ? Status::panicked : Status::trapped;
    }

    [[nodiscard]] Hash32 root(const Hash32& program_id) const {
        codec::BinaryWriter leaf;
        for (std::size_t k = 1; k < 32; ++k) leaf.u64(x[k]);
        leaf.u64(pc).u64(steps).u64(weight).u8(static_cast<std::uint8_t>(status));
        leaf.u8(trap == Trap::pages ? 12 : static_cast<std::uint8_t>(trap)).u64(exit_code).u64(0);
        leaf.u8(0).fixed(Hash32{}.view());
        for (int k = 0; k < 3; ++k) leaf.u64(0).fixed(Hash32{}.view());
        leaf.fixed(program_id.view());
        Bytes preimage = to_bytes(as_bytes(std::string_view{"enshrine.machine.v1"}));
        append(preimage, hash::sha256(leaf.bytes()).view());
        append(preimage, subtree(0, 20).view());
        return hash::sha256(preimage);
    }

private:
    struct Range {
        std::uint64_t begin;
        std::uint64_t size;
    };

    [[nodiscard]] bool in_text(std::uint64_t address) const {
        for (const Range& text : texts_) {
            if (address >= text.begin && address + 4 <= text.begin + text.size) return true;
        }
        return false;
    }
    [[nodiscard]] std::uint64_t read(std::uint64_t address, std::uint64_t size) const {
        std::uint64_t value = 0;
        for (std::uint64_t k = size; k-- > 0;) {
            const auto found = memory_.find(address + k);
            value = value << 8 | (found == memory_.end() ? 0U : found->second);
        }
        return value;
    }
    Trap check(std::uint64_t address, std::uint64_t size) const {
        if ((address & (size - 1)) != 0) return Trap::misaligned;
        return (address >> 32) != 0 ? Trap::memory : Trap::none;
    }
    static std::uint64_t store_offset(std::uint32_t w) { return sign(w >> 25 << 5 | (w >> 7 & 31), 12); }
    [[nodiscard]] bool writes_new_page(std::uint32_t w) const {
        if ((w & 127) != 0x23 || (w >> 12 & 7) > 3) return false;
        const std::uint64_t address = x[w >> 15 & 31] + store_offset(w);
        return check_store(address, 1ULL << (w >> 12 & 3)) == Trap::none && !written_.contains(address >> 12);
    }
    [[nodiscard]] Trap check_store(std::uint64_t address, std::uint64_t size) const {
        if (const Trap bad = check(address, size); bad != Trap::none) return bad;
        for (std::uint64_t k = 0; k < size; ++k) {
            for (const Range& text : texts_) {
                if (address + k - text.begin < text.size) return Trap::text;
            }
        }
        return written_.size() == 65536 && !written_.contains(address >> 12) ? Trap::pages : Trap::none;
    }
    Trap write(std::uint64_t address, std::uint64_t size, std::uint64_t value) {
        if (const Trap bad = check_store(address, size); bad != Trap::none) return bad;
        written_.insert(address >> 12);
        for (std::uint64_t k = 0; k < size; ++k) memory_[address + k] = static_cast<Byte>(value >> (8 * k));
        return Trap::none;
    }
    Trap jump(std::uint64_t target, std::uint32_t rd) {
        if ((target & 3) != 0) return Trap::misaligned;
        x[rd] = pc + 4;
        pc = target;
        return Trap::none;
    }
    static std::uint64_t sign(std::uint64_t value, unsigned bit_count) {
        const std::uint64_t top = 1ULL << (bit_count - 1);
        return (value ^ top) - top;
    }

    Trap execute(std::uint32_t w) {
        const std::uint32_t opcode = w & 127, rd = w >> 7 & 31, f3 = w >> 12 & 7, f7 = w >> 25;
        const std::uint64_t a = x[w >> 15 & 31], b = x[w >> 20 & 31];
        const std::uint64_t i = sign(w >> 20, 12);
        if (opcode == 0x6f) {
            const std::uint64_t j =
                (w >> 31 & 1ULL) << 20 | (w >> 12 & 255ULL) << 12 | (w >> 20 & 1ULL) << 11 | (w >> 21 & 1023ULL) << 1;
            return jump(pc + sign(j, 21), rd);
        }
        if (opcode == 0x67) return f3 == 0 ? jump((a + i) & ~1ULL, rd) : Trap::illegal;
        if (opcode == 0x63) return branch(w, f3, a, b);
        if (opcode == 0x73) return w == 0x73 ? call() : Trap::illegal;
        std::uint64_t out = x[rd];
        Trap bad = Trap::none;
        if (opcode == 0x37)
            out = sign(w & 0xfffff000, 32);
        else if (opcode == 0x17)
            out = pc + sign(w & 0xfffff000, 32);
        else if (opcode == 0x03)
            bad = f3 == 7 ? Trap::illegal : load(f3, a + i, out);
        else if (opcode == 0x23) {
            bad = f3 > 3 ? Trap::illegal : write(a + store_offset(w), 1ULL << f3, b);
            if (bad == Trap::none) pc += 4;
            return bad;
        } else if (opcode == 0x0f) {
            if (f3 > 1) return Trap::illegal;
            pc += 4;
            return Trap::none;
        } else if (opcode == 0x13) {
            if (f3 == 1 && f7 >> 1 != 0) return Trap::illegal;
            if (f3 == 5 && f7 >> 1 != 0 && f7 >> 1 != 0x10) return Trap::illegal;
            const bool alternate = f3 == 5 && f7 >> 1 == 0x10;
            bad = compute(f3, alternate ? 0x20 : 0, a, f3 == 1 || f3 == 5 ? i & 63 : i, out);
        } else if (opcode == 0x33)
            bad = compute(f3, f7, a, b, out);
        else if (opcode == 0x1b) {
            if (f3 != 0 && f3 != 1 && f3 != 5) return Trap::illegal;
            bad = compute_word(f3, f3 == 0 ? 0 : f7, a, f3 == 0 ? i : i & 31, out);
            if (f3 != 0 && f7 == 1) bad = Trap::illegal;
        } else if (opcode == 0x3b)
            bad = compute_word(f3, f7, a, b, out);
        else
            bad = Trap::illegal;
        if (bad != Trap::none) return bad;
        x[rd] = out;
        pc += 4;
        return Trap::none;
    }

    Trap branch(std::uint32_t w, std::uint32_t f3, std::uint64_t a, std::uint64_t b) {
        bool taken = false;
        if (f3 == 2 || f3 == 3) return Trap::illegal;
        if (f3 < 2)
            taken = a == b;
        else if (f3 < 6)
            taken = (a ^ 1ULL << 63) < (b ^ 1ULL << 63);
        else
            taken = a < b;
        if ((f3 & 1) != 0) taken = !taken;
        const std::uint64_t d =
            (w >> 31 & 1ULL) << 12 | (w >> 7 & 1ULL) << 11 | (w >> 25 & 63ULL) << 5 | (w >> 8 & 15ULL) << 1;
        const std::uint64_t target = taken ? pc + sign(d, 13) : pc + 4;
        if ((target & 3) != 0) return Trap::misaligned;
        pc = target;
        return Trap::none;
    }
    Trap load(std::uint32_t f3, std::uint64_t address, std::uint64_t& out) const {
        const std::uint64_t size = 1ULL << (f3 & 3);
        if (const Trap bad = check(address, size); bad != Trap::none) return bad;
        out = read(address, size);
        if (f3 < 3) out = sign(out, static_cast<unsigned>(8 * size));
        return Trap::none;
    }
    static Trap compute(std::uint32_t f3, std::uint32_t f7, std::uint64_t a, std::uint64_t b, std::uint64_t& out) {
        const auto sa = static_cast<std::int64_t>(a), sb = static_cast<std::int64_t>(b);
        const bool overflow = a == 1ULL << 63 && sb == -1;
        switch (f7 << 4 | f3) {
            case 0x000:
                out = a + b;
                break;
            case 0x200:
                out = a - b;
                break;
            case 0x001:
                out = a << (b & 63);
                break;
            case 0x002:
                out = sa < sb;
                break;
            case 0x003:
                out = a < b;
                break;
            case 0x004:
                out = a ^ b;
                break;
            case 0x005:
                out = a >> (b & 63);
                break;
            case 0x205:
                out = static_cast<std::uint64_t>(sa >> (b & 63));
                break;
            case 0x006:
                out = a | b;
                break;
            case 0x007:
                out = a & b;
                break;
            case 0x010:
                out = a * b;
                break;
            case 0x011:
                out = high(a, b) - (sa < 0 ? b : 0) - (sb < 0 ? a : 0);
                break;
            case 0x012:
                out = high(a, b) - (sa < 0 ? b : 0);
                break;
            case 0x013:
                out = high(a, b);
                break;
            case 0x014:
                out = b == 0 ? ~0ULL : overflow ? a : static_cast<std::uint64_t>(sa / sb);
                break;
            case 0x015:
                out = b == 0 ? ~0ULL : a / b;
                break;
            case 0x016:
                out = b == 0 ? a : overflow ? 0 : static_cast<std::uint64_t>(sa % sb);
                break;
            case 0x017:
                out = b == 0 ? a : a % b;
                break;
            default:
                return Trap::illegal;
        }
        return Trap::none;
    }
    /// The high word of the product by schoolbook multiplication of halves.
    static std::uint64_t high(std::uint64_t a, std::uint64_t b) {
        const std::uint64_t al = a & 0xffffffff, ah = a >> 32, bl = b & 0xffffffff, bh = b >> 32;
        const std::uint64_t middle = ah * bl + (al * bl >> 32);
        const std::uint64_t other = al * bh + (middle & 0xffffffff);
        return ah * bh + (middle >> 32) + (other >> 32);
    }
    static Trap compute_word(std::uint32_t f3, std::uint32_t f7, std::uint64_t a, std::uint64_t b, std::uint64_t& out) {
        const auto ua = static_cast<std::uint32_t>(a), ub = static_cast<std::uint32_t>(b);
        const auto sa = static_cast<std::int32_t>(ua), sb = static_cast<std::int32_t>(ub);
        const bool overflow = ua == 1U << 31 && sb == -1;
        std::uint32_t r = 0;
        switch (f7 << 4 | f3) {
            case 0x000:
                r = ua + ub;
                break;
            case 0x200:
                r = ua - ub;
                break;
            case 0x001:
                r = ua << (ub & 31);
                break;
            case 0x005:
                r = ua >> (ub & 31);
                break;
            case 0x205:
                r = static_cast<std::uint32_t>(sa >> (ub & 31));
                break;
            case 0x010:
                r = ua * ub;
                break;
            case 0x014:
                r = ub == 0 ? ~0U : overflow ? ua : static_cast<std::uint32_t>(sa / sb);
                break;
            case 0x015:
                r = ub == 0 ? ~0U : ua / ub;
                break;
            case 0x016:
                r = ub == 0 ? ua : overflow ? 0U : static_cast<std::uint32_t>(sa % sb);
                break;
            case 0x017:
                r = ub == 0 ? ua : ua % ub;
                break;
            default:
                return Trap::illegal;
        }
        out = sign(r, 32);
        return Trap::none;
    }
    Trap call() {
        if (x[17] != 0) return Trap::unknown_call;
        status = Status::halted;
        exit_code = x[10];
        pc += 4;
        return Trap::none;
    }

    /// Root of the 2^height pages from `page` on.
    [[nodiscard]] Hash32 subtree(std::uint64_t page, unsigned height) const {
        const auto first = memory_.lower_bound(page << 12);
        const bool empty = first == memory_.end() || first->first >= (page + (1ULL << height)) << 12;
        if (height == 0) {
            Bytes content(4096);
            for (auto at = first; !empty && at != memory_.end() && at->first < (page + 1) << 12; ++at) {
                content[at->first & 4095] = at->second;
            }
            return hash::sha256(content);
        }
        const Hash32 left = subtree(page, height - 1);
        const Hash32 right = empty ? left : subtree(page + (1ULL << (height - 1)), height - 1);
        Bytes node = to_bytes(left.view());
        append(node, right.view());
        return hash::sha256(node);
    }

    std::map<std::uint64_t, Byte> memory_;
    std::set<std::uint64_t> written_;  ///< numbers of pages
    std::vector<Range> texts_;
};

}  // namespace enshrine::vm
