import type { Verdict } from '../core/index.ts';
import type { Gate } from '../decide/index.ts';
import type { DialectId } from './dialect.ts';

/** Every code that the program ends with, besides those the user chooses for findings and end of life. */
export const exitCodes = {
  clean: 0,
  /** The program could not do what it was asked. */
  error: 1,
  /** A gate was asked for, nothing broke it, and something could not be judged. */
  incomplete: 3,
  /** 128 and the signal's number, as shells have it. */
  interrupted: 130,
  terminated: 143,
} as const;

/** What `cosign verify` ends with beside 0 and 1. */
export const cosignCodes = { noSignatures: 10, tagNotFound: 11, noMatchingSignatures: 12 } as const;

/** The other programs know no code for an incomplete result; a gate must not pass for that. */
const incompleteCodes: Readonly<Record<DialectId, number>> = {
  plimsoll: exitCodes.incomplete,
  trivy: exitCodes.error,
  cosign: exitCodes.error,
  crane: exitCodes.error,
};

/** End of life before findings before incomplete, each only where a gate was asked for. */
export function exitCodeOf(verdict: Verdict, gate: Gate, dialect: DialectId): number {
  const kinds = new Set(verdict.reasons.map(({ kind }) => kind));
  if (kinds.has('end-of-life') && gate.exitOnEol !== 0) return gate.exitOnEol;
  if (kinds.has('findings') && gate.exitCode !== 0) return gate.exitCode;
  return verdict.gated && kinds.has('incomplete') ? incompleteCodes[dialect] : exitCodes.clean;
}
