// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Enshrine developers
export { FieldError, ProverFileError, fromHex, toHex } from './bytes.ts';
export { bls12381, bn254, type Curve } from './curves.ts';
export { fflonkKey, fflonkProof, groth16Key, groth16Proof, plonkKey, plonkProof, snarkjsInputs } from './snarkjs.ts';
export { gnarkGroth16Key, gnarkGroth16KeyOfJson, gnarkGroth16Proof, gnarkGroth16ProofOfJson, gnarkInputs, gnarkPlonkKey, gnarkPlonkProof, type CommitmentHash } from './gnark.ts';
export { aztecSrsPoint, ultraHonkInputs, ultraHonkKey, ultraHonkProof, type BbFile, type HonkKeyOptions } from './noir.ts';
export { programInputs, risc0Fixture, risc0Key, sp1Fixture, sp1Key, type ProgramProof } from './programs.ts';
export { askContract, isRefusedWith, type Call, type Provider } from './provider.ts';
export {
  agreement, claimArguments, claimProvenCall, encodeValidity, policies, registerProvenCall, rollupRegistryAbi, rollupRegistryAddress, settlementInputs, statementHalves, validityInputs,
  type Agreement, type Policy, type ProvenClaim, type ProvenRegistration, type SettlementInputs, type Validity,
} from './settlement.ts';
export { gnarkPlonkKeyOfSolidity, groth16KeyOfSolidity, solidityConstants, type SolidityVerifier } from './solidity.ts';
export { upaGroth16Key, upaGroth16Proof, upaInputs } from './upa.ts';
export {
  depositPerKeyByte, freezeKeyCall, keyHolder, keyId, keyState, proofVerifierAbi, proofVerifierAddress, registerKeyCall, retireKeyCall, unfreezeKeyCall, verifyCall,
  type KeyHolder, type KeyState,
} from './verifier.ts';
