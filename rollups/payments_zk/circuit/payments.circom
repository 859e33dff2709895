// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma circom 2.2.0;

include "batch.circom";

// 8^5 = 32,768 accounts; three inbox messages, eight accounts and eight transfers per proof.
component main {public [statement_high, statement_low, state_before, state_after, context, inbox, outbox, payload]} = Batch(5, 3, 8, 8);
