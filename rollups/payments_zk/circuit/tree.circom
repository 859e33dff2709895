// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/poseidon.circom";

// The accounts: a tree of Poseidon hashes, eight children to a node, and in its leaves a list sorted by address.
// Rules: docs/spec/payments_zk.md [ZKPAY-STATE.*].

// One leaf. An unused leaf is the number zero, which no account hashes to. Nonce and balance share a number, of which they are
// the only parts within their bounds: whoever takes them from a witness has to show these, as Opening does.
template LeafHash() {
    signal input address;
    signal input next;
    signal input key;
    signal input balance;
    signal input nonce;
    signal output out;
    out <== Poseidon(4)([address, next, key, nonce * (1 << 128) + balance]);
}

// Which child of its parent a node is, as eight signals of which one is 1.
template ChildSelector() {
    signal input bits[3];
    signal output out[8];
    signal pairs[4];
    pairs[3] <== bits[0] * bits[1];
    pairs[1] <== bits[0] - pairs[3];
    pairs[2] <== bits[1] - pairs[3];
    pairs[0] <== 1 - bits[0] - bits[1] + pairs[3];
    for (var i = 0; i < 4; i++) {
        out[i + 4] <== pairs[i] * bits[2];
        out[i] <== pairs[i] - out[i + 4];
    }
}

// The way from the leaf with this index to the root. The index is below 8^depth.
template TreePosition(depth) {
    signal input index;
    signal output selectors[depth][8];
    signal bits[3 * depth] <== Num2Bits(3 * depth)(index);
    for (var level = 0; level < depth; level++) {
        selectors[level] <== ChildSelector()([bits[3 * level], bits[3 * level + 1], bits[3 * level + 2]]);
    }
}

// The root over a leaf. Of the siblings the one at the node's own place does not matter.
template PathRoot(depth) {
    signal input leaf;
    signal input siblings[depth][8];
    signal input selectors[depth][8];
    signal output out;
    signal nodes[depth + 1];
    signal children[depth][8];
    nodes[0] <== leaf;
    for (var level = 0; level < depth; level++) {
        for (var i = 0; i < 8; i++) {
            children[level][i] <== siblings[level][i] + selectors[level][i] * (nodes[level] - siblings[level][i]);
        }
        nodes[level + 1] <== Poseidon(8)(children[level]);
    }
    out <== nodes[depth];
}

// Whether a leaf is that of an address. What Opening shows makes it the only answer.
template Match() {
    signal input enabled;
    signal input wanted;
    signal input address;
    signal output found;
    signal same <== IsEqual()([address, wanted]);
    found <== enabled * same;
}

// When enabled: shows the leaf of an address, or the leaf before its place in the sorted list. `wanted` is below 2^160
// and not zero; `found` is that of Match.
template Opening(depth) {
    signal input enabled;
    signal input found;
    signal input root;
    signal input wanted;
    signal input siblings[depth][8];
    signal input selectors[depth][8];
    signal input address;
    signal input next;
    signal input key;
    signal input balance;
    signal input nonce;

    // Without these bounds a prover trades one unit of nonce for 2^128 of balance, or, modulo the field's order, any balance for
    // some nonce. 65 bits, because the transfer with nonce 2^64 - 1, the last one that a payload can name, raises it to 2^64.
    signal balance_bits[128] <== Num2Bits(128)(balance);
    signal nonce_bits[65] <== Num2Bits(65)(nonce);
    signal leaf <== LeafHash()(address, next, key, balance, nonce);
    signal reached <== PathRoot(depth)(leaf, siblings, selectors);
    enabled * (reached - root) === 0;

    signal behind <== LessThan(160)([address, wanted]);
    signal before <== LessThan(160)([wanted, next]);
    signal last <== IsZero()(next);
    signal in_gap <== behind * (before + last);
    (enabled - found) * (1 - in_gap) === 0;
}

template StateRoot() {
    signal input accounts;
    signal input total;
    signal input count;
    signal input l1_chain;
    signal output out;
    out <== Poseidon(4)([accounts, total, count, l1_chain]);
}
