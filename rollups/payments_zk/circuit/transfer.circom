// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma circom 2.2.0;

include "signature.circom";
include "tree.circom";

// One signal of an array, by its number; zero for a number beyond the end.
template Select(n) {
    signal input chosen[n];
    signal input values[n];
    signal output out;
    signal parts[n];
    var sum = 0;
    for (var i = 0; i < n; i++) {
        parts[i] <== chosen[i] * values[i];
        sum += parts[i];
    }
    out <== sum;
}

template OneHot(n) {
    signal input number;
    signal output out[n];
    for (var i = 0; i < n; i++) out[i] <== IsEqual()([number, i]);
}

// The order of a transfer, as its seven words hold it: docs/spec/payments_zk.md, "Payload".
template TransferWords() {
    signal input words[7];
    signal output kind;
    signal output from_entry;
    signal output to_entry;
    signal output to;
    signal output nonce;
    signal output amount;
    signal output public_key[2];
    signal output r[2];
    signal output s_bits[256];
    signal output spare;

    component first = Num2Bits(248);
    first.in <== words[0];
    component second = Num2Bits(248);
    second.in <== words[1];
    component low_s = Num2Bits(248);
    low_s.in <== words[6];

    var sums[5] = [0, 0, 0, 0, 0];
    for (var i = 0; i < 64; i++) sums[0] += first.out[i] * (1 << i);
    for (var i = 0; i < 160; i++) sums[1] += first.out[64 + i] * (1 << i);
    for (var i = 0; i < 8; i++) {
        sums[2] += first.out[224 + i] * (1 << i);
        sums[3] += first.out[232 + i] * (1 << i);
        sums[4] += first.out[240 + i] * (1 << i);
    }
    nonce <== sums[0];
    to <== sums[1];
    to_entry <== sums[2];
    from_entry <== sums[3];
    kind <== sums[4];

    var amount_sum = 0;
    for (var i = 0; i < 128; i++) amount_sum += second.out[120 + i] * (1 << i);
    amount <== amount_sum;
    var tops[4] = [0, 0, 0, 0];
    for (var part = 0; part < 4; part++) {
        for (var i = 0; i < 8; i++) tops[part] += second.out[112 - 8 * part + i] * (1 << i);
    }
    public_key[0] <== tops[0] * (1 << 248) + words[2];
    public_key[1] <== tops[1] * (1 << 248) + words[3];
    r[0] <== tops[2] * (1 << 248) + words[4];
    r[1] <== tops[3] * (1 << 248) + words[5];
    for (var i = 0; i < 248; i++) s_bits[i] <== low_s.out[i];
    for (var i = 0; i < 8; i++) s_bits[248 + i] <== second.out[80 + i];
    var rest = 0;
    for (var i = 0; i < 80; i++) rest += second.out[i];
    spare <== rest;
}

// What one transfer does to the accounts of the table: docs/spec/payments_zk.md [ZKPAY-TRANSFER.*]. One that breaks a rule does nothing.
template Transfer(entries) {
    signal input words[7];
    signal input domain;
    signal input l1_chain;
    signal input addresses[entries];
    signal input keys[entries];
    signal input found[entries];
    signal input balances[entries];
    signal input nonces[entries];
    signal output balances_after[entries];
    signal output nonces_after[entries];
    signal output withdrawn;
    signal output sends;
    signal output sent[3];

    component order = TransferWords();
    order.words <== words;
    signal from_chosen[entries] <== OneHot(entries)(order.from_entry);
    signal to_chosen[entries] <== OneHot(entries)(order.to_entry);
    signal from <== Select(entries)(from_chosen, addresses);
    signal from_key <== Select(entries)(from_chosen, keys);
    signal from_found <== Select(entries)(from_chosen, found);
    signal from_balance <== Select(entries)(from_chosen, balances);
    signal from_nonce <== Select(entries)(from_chosen, nonces);
    signal to_address <== Select(entries)(to_chosen, addresses);
    signal to_found <== Select(entries)(to_chosen, found);

    signal is_payment <== IsEqual()([order.kind, 1]);
    signal is_withdrawal <== IsEqual()([order.kind, 2]);
    signal to_matches <== IsEqual()([to_address, order.to]);
    signal to_nobody <== IsZero()(order.to);
    signal payable <== to_found * to_matches;
    signal pays <== is_payment * payable;
    signal withdraws <== is_withdrawal * (1 - to_nobody);
    signal right_nonce <== IsEqual()([order.nonce, from_nonce]);
    signal key_hash <== KeyHash()(order.public_key);
    signal right_key <== IsEqual()([key_hash, from_key]);
    signal no_amount <== IsZero()(order.amount);
    signal enough <== LessEqThan(128)([order.amount, from_balance]);
    signal no_spare <== IsZero()(order.spare);
    signal message <== Poseidon(6)([domain, order.kind, from, order.to, order.amount, order.nonce]);
    signal signed <== SignatureHolds()(order.public_key, order.r, order.s_bits, message);
    signal valid <== IsEqual()([pays + withdraws + from_found + right_nonce + right_key + (1 - no_amount) + enough + no_spare + signed, 8]);

    signal moved <== valid * order.amount;
    signal taken[entries];
    signal given[entries];
    signal paid <== moved * is_payment;
    for (var i = 0; i < entries; i++) {
        taken[i] <== moved * from_chosen[i];
        given[i] <== paid * to_chosen[i];
        balances_after[i] <== balances[i] - taken[i] + given[i];
        nonces_after[i] <== nonces[i] + valid * from_chosen[i];
    }
    withdrawn <== moved - paid;
    sends <== valid * is_withdrawal;
    sent[0] <== (1 << 224) + l1_chain * (1 << 160) + order.to;
    sent[1] <== from;
    sent[2] <== order.amount;
}
