import type { Requirement, SignatureRequirement } from '../model/policy.ts';
import type { Clause } from './portable.ts';
import { notConvertible } from './refuse.ts';

/** What a policy requires, as counts of signers that must each be reached. @throws POLICY_NOT_CONVERTIBLE for counts within counts */
export function toClauses(requirement: Requirement, policy: string): Clause[] {
  switch (requirement.kind) {
    case 'signature':
      return [{ atLeast: 1, signers: [requirement] }];
    case 'attestation': {
      if (requirement.conditions !== undefined) throw notConvertible(policy, requirement.at, 'has conditions');
      const { predicateType, by } = requirement;
      const clauses = toClauses(by, policy);
      const [only, ...more] = clauses;
      // Statements of several signers may be several statements.
      if (only === undefined || more.length > 0)
        throw notConvertible(policy, requirement.at, 'nests counts of signers');
      return [{ ...only, predicateType }];
    }
    case 'group':
      return groupClauses(requirement, policy);
    default:
      throw notConvertible(policy, requirement.at, 'is no demand for a signature or statement');
  }
}

type StatementClause = Clause & { readonly predicateType: string };

/** The clauses about signatures, and those about statements of a type. */
export function splitClauses(clauses: readonly Clause[]): {
  readonly signatures: readonly Clause[];
  readonly statements: readonly StatementClause[];
} {
  const isStatement = (clause: Clause): clause is StatementClause => clause.predicateType !== undefined;
  return { signatures: clauses.filter((clause) => !isStatement(clause)), statements: clauses.filter(isStatement) };
}

function groupClauses(
  { at, parts, atLeast = parts.length }: Requirement & { kind: 'group' },
  policy: string,
): Clause[] {
  const [only, ...more] = parts;
  if (only === undefined) return [];
  if (more.length === 0) return toClauses(only, policy);
  if (parts.every(isSignature)) return [{ atLeast, signers: parts }];
  if (atLeast === parts.length) return parts.flatMap((part) => toClauses(part, policy));
  const signers = atLeast === 1 ? parts.map((part) => alternatives(part)) : [];
  if (signers.length === 0 || signers.includes(undefined)) throw notConvertible(policy, at, 'nests counts of signers');
  return [{ atLeast: 1, signers: signers.flatMap((all) => all ?? []) }];
}

function isSignature(part: Requirement): part is SignatureRequirement {
  return part.kind === 'signature';
}

/** The signers of whom any is enough; undefined for another part. */
function alternatives(part: Requirement): readonly SignatureRequirement[] | undefined {
  if (isSignature(part)) return [part];
  const isAny =
    part.kind === 'group' && (part.atLeast === 1 || part.parts.length === 1) && part.parts.every(isSignature);
  return isAny ? (part.parts as readonly SignatureRequirement[]) : undefined;
}
