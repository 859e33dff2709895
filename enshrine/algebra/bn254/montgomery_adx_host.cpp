// SPDX-License-Identifier: Apache-2.0
// Copyright The Enshrine developers
#include <enshrine/algebra/bn254/montgomery_adx.hpp>

#if defined(__x86_64__)
#include <cpuid.h>

namespace enshrine::algebra::bn254 {
namespace {

bool detect() noexcept {
    constexpr unsigned bmi2_bit = 1U << 8;  // leaf 7, EBX; both work on general registers and ask nothing of the system
    constexpr unsigned adx_bit = 1U << 19;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bmi2_bit) != 0 && (b & adx_bit) != 0;
}

}  // namespace

// Reads as false until it is initialised, which costs speed alone: a static initialiser that runs before gets the other
// code and the same product. A function's static would cost a check per multiplication, so the sanitizer's check of the
// order is off for this one.
#if defined(__clang__)
[[clang::no_sanitize("address")]]
#endif
const bool processor_has_adx = detect();

}  // namespace enshrine::algebra::bn254

// Five words t0 … t4 hold the sum; a row adds a[0…3] rdx to it in two chains of carries, low halves with CF and high
// halves with OF. The last row of each step adds q m, which makes t0 zero: the words are renamed instead of shifted.
// The sum before the division by 2^64 is below (4m + 2) 2^64, so that nothing carries out of t4.
asm(R"(
.text

.macro enshrine_add_row a, t0, t1, t2, t3, t4
    xorl %eax, %eax
    mulxq 0(\a), %rax, %rbp
    adcxq %rax, \t0
    adoxq %rbp, \t1
    mulxq 8(\a), %rax, %rbp
    adcxq %rax, \t1
    adoxq %rbp, \t2
    mulxq 16(\a), %rax, %rbp
    adcxq %rax, \t2
    adoxq %rbp, \t3
    mulxq 24(\a), %rax, %rbp
    adcxq %rax, \t3
    adoxq %rbp, \t4
    adcxq %r15, \t4
.endm

.macro enshrine_divide_step t0, t1, t2, t3, t4
    movq \t0, %rdx
    imulq 32(%r9), %rdx
    enshrine_add_row %r9, \t0, \t1, \t2, \t3, \t4
.endm

.macro enshrine_product_step at, t0, t1, t2, t3, t4
    movq \at(%rbx), %rdx
    enshrine_add_row %rsi, \t0, \t1, \t2, \t3, \t4
    enshrine_divide_step \t0, \t1, \t2, \t3, \t4
.endm

.macro enshrine_sum_step at, t0, t1, t2, t3, t4
    movq \at(%rbx), %rdx
    enshrine_add_row %rsi, \t0, \t1, \t2, \t3, \t4
    movq \at(%r8), %rdx
    enshrine_add_row %rcx, \t0, \t1, \t2, \t3, \t4
    enshrine_divide_step \t0, \t1, \t2, \t3, \t4
.endm

.macro enshrine_begin
    .cfi_startproc
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    pushq %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    pushq %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    pushq %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    pushq %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    movq %rdx, %rbx
    xorl %r10d, %r10d
    xorl %r11d, %r11d
    xorl %r12d, %r12d
    xorl %r13d, %r13d
    xorl %r14d, %r14d
    xorl %r15d, %r15d
.endm

# The sum, below 2m, is in r14, r10, r11, r12.
.macro enshrine_reduce_and_end
    movq %r14, %rax
    movq %r10, %rbp
    movq %r11, %rdx
    movq %r12, %rbx
    subq 0(%r9), %rax
    sbbq 8(%r9), %rbp
    sbbq 16(%r9), %rdx
    sbbq 24(%r9), %rbx
    cmovcq %r14, %rax
    cmovcq %r10, %rbp
    cmovcq %r11, %rdx
    cmovcq %r12, %rbx
    movq %rax, 0(%rdi)
    movq %rbp, 8(%rdi)
    movq %rdx, 16(%rdi)
    movq %rbx, 24(%rdi)
    popq %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    popq %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    popq %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    popq %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    popq %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    popq %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    ret
    .cfi_endproc
.endm

.p2align 5
.globl enshrine_montgomery_product
.type enshrine_montgomery_product, @function
enshrine_montgomery_product:
    enshrine_begin
    movq %rcx, %r9
    enshrine_product_step 0, %r10, %r11, %r12, %r13, %r14
    enshrine_product_step 8, %r11, %r12, %r13, %r14, %r10
    enshrine_product_step 16, %r12, %r13, %r14, %r10, %r11
    enshrine_product_step 24, %r13, %r14, %r10, %r11, %r12
    enshrine_reduce_and_end
.size enshrine_montgomery_product, . - enshrine_montgomery_product

.p2align 5
.globl enshrine_montgomery_sum
.type enshrine_montgomery_sum, @function
enshrine_montgomery_sum:
    enshrine_begin
    enshrine_sum_step 0, %r10, %r11, %r12, %r13, %r14
    enshrine_sum_step 8, %r11, %r12, %r13, %r14, %r10
    enshrine_sum_step 16, %r12, %r13, %r14, %r10, %r11
    enshrine_sum_step 24, %r13, %r14, %r10, %r11, %r12
    enshrine_reduce_and_end
.size enshrine_montgomery_sum, . - enshrine_montgomery_sum
)");
#endif
