// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
pragma circom 2.2.0;

include "circomlib/circuits/babyjub.circom";
include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/compconstant.circom";
include "circomlib/circuits/escalarmulany.circom";
include "circomlib/circuits/escalarmulfix.circom";
include "circomlib/circuits/poseidon.circom";

// Whether the numbers are a point of BabyJubJub; the point itself, or the base point in place of numbers that are not,
// so that additions behind it always have a result.
template PointOrBase(base_x, base_y) {
    signal input x;
    signal input y;
    signal output ok;
    signal output out_x;
    signal output out_y;
    signal x2 <== x * x;
    signal y2 <== y * y;
    signal product <== x2 * y2;
    ok <== IsZero()(168700 * x2 + y2 - 1 - 168696 * product);
    out_x <== base_x + ok * (x - base_x);
    out_y <== base_y + ok * (y - base_y);
}

// EdDSA with Poseidon as circomlib defines it: S·B = R + h·8·A, h = Poseidon(R, A, message), S below the group's order, 8·A not
// zero. Answers 0 or 1 for any input, where circomlib's verifier has no witness for a wrong signature.
template SignatureHolds() {
    signal input public_key[2];
    signal input r[2];
    signal input s_bits[256];
    signal input message;
    signal output out;

    var base[2] = [
        5299619240641551281634865583518297030282874472190772894086521144482721001553,
        16950150798460657717958625567821834550301663161624707787222815936182638968203
    ];
    var order_minus_1 = 2736030358979909402780800718157159386076813972158567259200215660948447373040;

    var low_bits[254];
    for (var i = 0; i < 254; i++) low_bits[i] = s_bits[i];
    signal above_order <== CompConstant(order_minus_1)(low_bits);
    signal s_ok <== IsZero()(above_order + s_bits[254] + s_bits[255]);
    signal s[253];
    for (var i = 0; i < 253; i++) s[i] <== s_bits[i] * s_ok;

    component key = PointOrBase(base[0], base[1]);
    key.x <== public_key[0];
    key.y <== public_key[1];
    component nonce = PointOrBase(base[0], base[1]);
    nonce.x <== r[0];
    nonce.y <== r[1];

    signal h <== Poseidon(5)([nonce.out_x, nonce.out_y, key.out_x, key.out_y, message]);
    signal h_bits[254] <== Num2Bits_strict()(h);

    component doubled[3];
    for (var i = 0; i < 3; i++) {
        doubled[i] = BabyDbl();
        doubled[i].x <== i == 0 ? key.out_x : doubled[i - 1].xout;
        doubled[i].y <== i == 0 ? key.out_y : doubled[i - 1].yout;
    }
    signal small_order <== IsZero()(doubled[2].xout);

    component multiplied = EscalarMulAny(254);
    multiplied.e <== h_bits;
    multiplied.p[0] <== doubled[2].xout;
    multiplied.p[1] <== doubled[2].yout;
    component right = BabyAdd();
    right.x1 <== nonce.out_x;
    right.y1 <== nonce.out_y;
    right.x2 <== multiplied.out[0];
    right.y2 <== multiplied.out[1];
    component left = EscalarMulFix(253, base);
    left.e <== s;

    signal same_x <== IsEqual()([left.out[0], right.xout]);
    signal same_y <== IsEqual()([left.out[1], right.yout]);
    out <== IsEqual()([s_ok + key.ok + nonce.ok + (1 - small_order) + same_x + same_y, 6]);
}

// The last 20 bytes of Poseidon(key): what an account stores of its key.
template KeyHash() {
    signal input public_key[2];
    signal output out;
    signal hash <== Poseidon(2)(public_key);
    signal bits[254] <== Num2Bits_strict()(hash);
    var sum = 0;
    for (var i = 0; i < 160; i++) sum += bits[i] * (1 << i);
    out <== sum;
}
