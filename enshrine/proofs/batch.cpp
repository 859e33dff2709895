// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/base/assert.hpp>
#include <enshrine/hash/sha256.hpp>
#include <enshrine/proofs/batch.hpp>
#include <enshrine/proofs/snark/pairing_batch.hpp>

#include <functional>
#include <map>
#include <tuple>

namespace enshrine::proofs {
namespace {

Result<void> verify_alone(const BatchEntry& entry) {
    return std::visit([&](const auto* key) { return key->verify(entry.inputs, entry.proof); }, entry.key);
}
const Hash32& id_of(const BatchKey& key) noexcept {
    return *std::visit([](const auto* one) noexcept { return &one->id(); }, key);
}

/// Equations on one curve, and whose they are.
template <class C>
class CurveEquations {
public:
    explicit CurveEquations(const Hash32& seed) noexcept : batch_{seed} {}

    template <class Key>
    void add(std::size_t entry, const Key& key, std::vector<Equation<C>> equations) {
        const auto& forms = forms_of(key);
        ENSHRINE_ASSERT(forms.size() == equations.size());
        for (std::size_t i = 0; i < forms.size(); ++i) {
            batch_.add(forms[i], std::move(equations[i]));
            owners_.push_back(entry);
        }
    }
    void set_held(std::vector<bool>& out) const {
        for (const std::size_t owner : owners_) out[owner] = true;
        const auto held = batch_.held();
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (!held[i]) out[owners_[i]] = false;
        }
    }

private:
    template <class Key>
    const std::vector<std::size_t>& forms_of(const Key& key) {
        const auto [at, is_new] = forms_.try_emplace(key.id());
        if (is_new) {
            auto forms = std::get<std::vector<EquationForm<C>>>(key.equation_forms());
            for (EquationForm<C>& form : forms) at->second.push_back(batch_.add_form(std::move(form)));
        }
        return at->second;
    }

    PairingBatch<C> batch_;
    std::map<Hash32, std::vector<std::size_t>> forms_;
    std::vector<std::size_t> owners_;  ///< the entry of each equation
};

/// The equations of all entries.
class Collector {
public:
    explicit Collector(const Hash32& seed) noexcept : curves_{seed, seed} {}

    /// Takes what can be checked with others; what is malformed is left out.
    void add(std::size_t entry, const BatchEntry& what) {
        std::visit([&](const auto* key) { add(entry, *key, what); }, what.key);
    }
    /// The verdict of an entry alone [PROOF-BATCH.4].
    [[nodiscard]] Result<void> verify_alone(std::size_t entry, const BatchEntry& what) const {
        const auto begun = begun_.find(entry);
        return begun != begun_.end() ? begun->second() : proofs::verify_alone(what);
    }
    /// For each entry, whether it has equations and all of them hold.
    [[nodiscard]] std::vector<bool> held(std::size_t entry_count) const {
        std::vector<bool> out(entry_count);
        std::apply([&](const auto&... on_curve) { (on_curve.set_held(out), ...); }, curves_);
        return out;
    }

private:
    template <class Key>
    void add(std::size_t entry, const Key& key, const BatchEntry& what) {
        if (auto equations = key.equations(what.inputs, what.proof)) add_equations(entry, key, *std::move(equations));
    }
    /// Most of a verification of UltraHonk comes before its pairing: it is not done twice.
    void add(std::size_t entry, const ultrahonk::VerifyingKey& key, const BatchEntry& what) {
        const auto claim = key.reduce(what.inputs, what.proof);
        if (!claim) {
            begun_[entry] = [error = claim.error()] { return Result<void>{std::unexpected{error}}; };
            return;
        }
        begun_[entry] = [&key, claim = *claim] { return key.check(claim); };
        add_equations(entry, key, std::vector{kzg_equation(*claim)});
    }
    template <class Key>
    void add_equations(std::size_t entry, const Key& key, Equations equations) {
        const auto add_on_curve = [&]<class C>(std::vector<Equation<C>>& found) {
            std::get<CurveEquations<C>>(curves_).add(entry, key, std::move(found));
        };
        std::visit(add_on_curve, equations);
    }

    std::tuple<CurveEquations<Bn254>, CurveEquations<Bls12381>> curves_;
    std::map<std::size_t, std::function<Result<void>()>> begun_;  ///< what is left of verifying an entry alone
};

}  // namespace

std::vector<Result<void>> verify_batch(std::span<const BatchEntry> entries, const Hash32& seed) {
    Collector collector{seed};
    const bool has_company = entries.size() > 1;  // one by itself shares nothing
    for (std::size_t i = 0; has_company && i < entries.size(); ++i) collector.add(i, entries[i]);
    const auto held = collector.held(entries.size());
    std::vector<Result<void>> out;
    out.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        out.push_back(held[i] ? Result<void>{} : collector.verify_alone(i, entries[i]));
    }
    return out;
}

Hash32 batch_seed(std::span<const BatchEntry> entries) {
    hash::Sha256 hash;
    hash.update(as_bytes("enshrine proof batch"));
    const auto absorb_size = [&](std::size_t size) {
        FixedBytes<8> bytes;
        store_be(bytes.data(), static_cast<std::uint64_t>(size));
        hash.update(bytes.view());
    };
    for (const BatchEntry& entry : entries) {
        hash.update(id_of(entry.key).view());
        absorb_size(entry.inputs.size());
        for (const U256& input : entry.inputs) hash.update(input.to_be().view());
        absorb_size(entry.proof.size());
        hash.update(entry.proof);
    }
    return hash.finish();
}

}  // namespace enshrine::proofs
