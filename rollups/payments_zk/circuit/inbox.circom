// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma circom 2.2.0;

include "tree.circom";

// What one inbox message does: docs/spec/payments_zk.md [ZKPAY-INBOX.*]. Every message has a result.
template InboxMessage(depth) {
    signal input words[3];  // [MAP.5]
    signal input l1_chain;
    signal input root;
    signal input total;
    signal input count;
    // The leaf of the account that the message is about, or the one before its place.
    signal input index;
    signal input siblings[depth][8];
    signal input address;
    signal input next;
    signal input key;
    signal input balance;
    signal input nonce;
    // Of the leaf that a new account takes.
    signal input new_siblings[depth][8];
    signal output root_after;
    signal output total_after;
    signal output count_after;
    signal output sends;
    signal output sent[3];

    component bits = Num2Bits(232);
    bits.in <== words[0];
    var receiver_sum = 0;
    for (var i = 0; i < 160; i++) receiver_sum += bits.out[i] * (1 << i);
    var chain_sum = 0;
    for (var i = 0; i < 64; i++) chain_sum += bits.out[160 + i] * (1 << i);
    var form_sum = 0;
    for (var i = 0; i < 8; i++) form_sum += bits.out[224 + i] * (1 << i);
    signal receiver <== receiver_sum;
    signal chain <== chain_sum;
    signal sender <== words[1];
    signal value <== words[2];

    // What it is.
    signal native <== IsEqual()([form_sum, 1]);
    signal no_value <== IsZero()(value);
    signal from_l1 <== IsEqual()([chain, l1_chain]);
    signal to_itself <== IsEqual()([receiver, sender]);
    signal is_deposit <== native * (1 - no_value);
    signal bare <== native * no_value;
    signal is_order <== bare * from_l1;
    signal is_exit <== is_order * to_itself;
    signal is_key <== is_order - is_exit;

    // Whom it is about.
    signal wanted <== sender + is_deposit * (receiver - sender);
    signal nobody <== IsZero()(wanted);
    signal live <== (is_deposit + is_order) * (1 - nobody);
    signal selectors[depth][8] <== TreePosition(depth)(index);
    signal found <== Match()(live, wanted, address);
    Opening(depth)(live, found, root, wanted, siblings, selectors, address, next, key, balance, nonce);

    // What is possible.
    component count_bits = Num2Bits(3 * depth + 1);
    count_bits.in <== count;
    signal full <== count_bits.out[3 * depth];
    signal homeless <== (1 - found) * full;
    signal possible <== live * (1 - homeless);
    component sum_bits = Num2Bits(249);
    sum_bits.in <== total + value;
    var high = 0;
    for (var i = 128; i < 249; i++) high += sum_bits.out[i];
    signal sum_fits <== IsZero()(high);
    signal fitting_deposit <== is_deposit * sum_fits;
    signal credits <== fitting_deposit * possible;
    signal bounces <== is_deposit - credits;
    signal sets_key <== is_key * possible;
    signal leaves <== is_exit * found;
    signal opens <== (credits + sets_key) * (1 - found);

    // The opened leaf.
    signal credited <== credits * value;
    signal credited_here <== credited * found;
    signal paid_out <== leaves * balance;
    signal sets_key_here <== sets_key * found;
    signal next_after <== next + opens * (wanted - next);
    signal key_after <== key + sets_key_here * (receiver - key);
    signal leaf_after <== LeafHash()(address, next_after, key_after, balance + credited_here - paid_out, nonce);
    signal reached <== PathRoot(depth)(leaf_after, siblings, selectors);
    signal root_between <== root + live * (reached - root);

    // The new leaf.
    signal new_selectors[depth][8];
    for (var level = 0; level < depth; level++) {
        new_selectors[level] <== ChildSelector()([count_bits.out[3 * level], count_bits.out[3 * level + 1], count_bits.out[3 * level + 2]]);
    }
    signal unused <== PathRoot(depth)(0, new_siblings, new_selectors);
    opens * (unused - root_between) === 0;
    signal new_key <== sets_key * receiver;
    signal new_leaf <== LeafHash()(wanted, next, new_key, credited, 0);
    signal new_reached <== PathRoot(depth)(new_leaf, new_siblings, new_selectors);
    root_after <== root_between + opens * (new_reached - root_between);

    count_after <== count + opens;
    total_after <== total + credited - paid_out;

    // What goes back to where the message came from.
    signal nothing_paid <== IsZero()(paid_out);
    sends <== bounces + 1 - nothing_paid;
    sent[0] <== (1 << 224) + chain * (1 << 160) + sender;
    sent[1] <== sender + bounces * (receiver - sender);
    signal returned <== bounces * value;
    sent[2] <== returned + paid_out;
}
