// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma circom 2.2.0;

include "inbox.circom";
include "transfer.circom";

// Messages that are sent move to the front, in their order; the rest of the outbox is zero.
template Compact(n) {
    signal input sends[n];
    signal input sent[n][3];
    signal output outbox[3 * n];
    signal lands[n][n];
    signal at[n][n];
    signal parts[n][n][3];
    var sums[3 * n];
    for (var i = 0; i < 3 * n; i++) sums[i] = 0;
    var before = 0;
    for (var source = 0; source < n; source++) {
        for (var place = 0; place <= source; place++) {
            at[source][place] <== IsEqual()([before, place]);
            lands[source][place] <== sends[source] * at[source][place];
            for (var word = 0; word < 3; word++) {
                parts[source][place][word] <== lands[source][place] * sent[source][word];
                sums[3 * place + word] += parts[source][place][word];
            }
        }
        for (var place = source + 1; place < n; place++) {
            at[source][place] <== 0;
            lands[source][place] <== 0;
            for (var word = 0; word < 3; word++) parts[source][place][word] <== 0;
        }
        before += sends[source];
    }
    for (var i = 0; i < 3 * n; i++) outbox[i] <== sums[i];
}

// An entry of the table: live when its word is an address above every live one before it.
template TableEntry() {
    signal input word;
    signal input highest;
    signal output address;
    signal output live;
    signal output highest_after;
    component bits = Num2Bits(248);
    bits.in <== word;
    var low = 0;
    for (var i = 0; i < 160; i++) low += bits.out[i] * (1 << i);
    var high = 0;
    for (var i = 160; i < 248; i++) high += bits.out[i];
    address <== low;
    signal is_address <== IsZero()(high);
    signal ascends <== LessThan(160)([highest, address]);
    live <== is_address * ascends;
    highest_after <== highest + live * (address - highest);
}

// With these inbox messages first, then this payload, the state before becomes the state after and sends this outbox
// (docs/spec/settlement_by_proof.md, mapping `words`). For every inbox and payload there is exactly one such state.
template Batch(depth, inbox_max, entries, transfers) {
    var outbox_max = inbox_max + transfers;

    signal input statement_high;
    signal input statement_low;
    signal input state_before;
    signal input state_after;
    signal input context;
    signal input inbox[3 * inbox_max];
    signal input outbox[3 * outbox_max];
    signal input payload[entries + 7 * transfers];

    signal input accounts;
    signal input total;
    signal input count;
    signal input l1_chain;
    signal input message_index[inbox_max];
    signal input message_siblings[inbox_max][depth][8];
    signal input message_leaf[inbox_max][5];
    signal input new_siblings[inbox_max][depth][8];
    signal input entry_index[entries];
    signal input entry_siblings[entries][depth][8];
    signal input entry_leaf[entries][5];

    component before = StateRoot();
    before.accounts <== accounts;
    before.total <== total;
    before.count <== count;
    before.l1_chain <== l1_chain;
    before.out === state_before;

    component context_bits = Num2Bits(192);  // [MAP.4]
    context_bits.in <== context;
    var rollup = 0;
    for (var i = 0; i < 64; i++) rollup += context_bits.out[128 + i] * (1 << i);
    signal domain <== l1_chain * (1 << 64) + rollup;

    component compact = Compact(outbox_max);

    component messages[inbox_max];
    for (var i = 0; i < inbox_max; i++) {
        messages[i] = InboxMessage(depth);
        for (var word = 0; word < 3; word++) messages[i].words[word] <== inbox[3 * i + word];
        messages[i].l1_chain <== l1_chain;
        messages[i].root <== i == 0 ? accounts : messages[i - 1].root_after;
        messages[i].total <== i == 0 ? total : messages[i - 1].total_after;
        messages[i].count <== i == 0 ? count : messages[i - 1].count_after;
        messages[i].index <== message_index[i];
        messages[i].siblings <== message_siblings[i];
        messages[i].address <== message_leaf[i][0];
        messages[i].next <== message_leaf[i][1];
        messages[i].key <== message_leaf[i][2];
        messages[i].balance <== message_leaf[i][3];
        messages[i].nonce <== message_leaf[i][4];
        messages[i].new_siblings <== new_siblings[i];
        compact.sends[i] <== messages[i].sends;
        compact.sent[i] <== messages[i].sent;
    }

    component table[entries];
    for (var i = 0; i < entries; i++) {
        table[i] = TableEntry();
        table[i].word <== payload[i];
        table[i].highest <== i == 0 ? 0 : table[i - 1].highest_after;
    }

    // The transfers work on the table. That its content was in the tree is shown below, entry by entry; no two live entries
    // have one address, so an entry is unchanged by the ones written before it.
    component transfer[transfers];
    signal found[entries];
    for (var i = 0; i < entries; i++) found[i] <== Match()(table[i].live, table[i].address, entry_leaf[i][0]);
    var withdrawn = 0;
    for (var t = 0; t < transfers; t++) {
        transfer[t] = Transfer(entries);
        for (var word = 0; word < 7; word++) transfer[t].words[word] <== payload[entries + 7 * t + word];
        transfer[t].domain <== domain;
        transfer[t].l1_chain <== l1_chain;
        for (var i = 0; i < entries; i++) {
            transfer[t].addresses[i] <== table[i].address;
            transfer[t].keys[i] <== entry_leaf[i][2];
            transfer[t].found[i] <== found[i];
            transfer[t].balances[i] <== t == 0 ? entry_leaf[i][3] : transfer[t - 1].balances_after[i];
            transfer[t].nonces[i] <== t == 0 ? entry_leaf[i][4] : transfer[t - 1].nonces_after[i];
        }
        compact.sends[inbox_max + t] <== transfer[t].sends;
        compact.sent[inbox_max + t] <== transfer[t].sent;
        withdrawn += transfer[t].withdrawn;
    }

    signal selectors[entries][depth][8];
    signal leaves_after[entries];
    signal reached[entries];
    component openings[entries];
    signal roots[entries + 1];
    roots[0] <== messages[inbox_max - 1].root_after;
    for (var i = 0; i < entries; i++) {
        selectors[i] <== TreePosition(depth)(entry_index[i]);
        openings[i] = Opening(depth);
        openings[i].found <== found[i];
        openings[i].enabled <== table[i].live;
        openings[i].root <== roots[i];
        openings[i].wanted <== table[i].address;
        openings[i].siblings <== entry_siblings[i];
        openings[i].selectors <== selectors[i];
        openings[i].address <== entry_leaf[i][0];
        openings[i].next <== entry_leaf[i][1];
        openings[i].key <== entry_leaf[i][2];
        openings[i].balance <== entry_leaf[i][3];
        openings[i].nonce <== entry_leaf[i][4];
        leaves_after[i] <== LeafHash()(entry_leaf[i][0], entry_leaf[i][1], entry_leaf[i][2], transfer[transfers - 1].balances_after[i],
                                       transfer[transfers - 1].nonces_after[i]);
        reached[i] <== PathRoot(depth)(leaves_after[i], entry_siblings[i], selectors[i]);
        roots[i + 1] <== roots[i] + found[i] * (reached[i] - roots[i]);
    }

    component after = StateRoot();
    after.accounts <== roots[entries];
    after.total <== messages[inbox_max - 1].total_after - withdrawn;
    after.count <== messages[inbox_max - 1].count_after;
    after.l1_chain <== l1_chain;
    after.out === state_after;

    for (var i = 0; i < 3 * outbox_max; i++) compact.outbox[i] === outbox[i];
}
