# SPDX-License-Identifier: Apache-2.0
# Copyright The Enshrine developers
# Entry of every rollup program. The machine has set sp and zeroed all memory and the other registers, .bss included.
.section .text.start, "ax", @progbits
.globl _start
.type _start, @function
_start:
.option push
.option norelax
  la gp, __global_pointer$
.option pop
  la s0, __init_array_start
  la s1, __init_array_end
1:
  beq s0, s1, 2f
  ld t0, 0(s0)
  jalr t0
  addi s0, s0, 8
  j 1b
2:
  call enshrine_program_main
  li a7, 0  # halt with the code in a0
  ecall
  ebreak
.size _start, . - _start
