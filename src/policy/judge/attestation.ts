import type { Finding } from '../model/decision.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { AttestationRequirement } from '../model/policy.ts';
import type { Subject, VerifiedPiece } from './evaluated.ts';

/** Why the conditions of an attestation do not hold; undefined when they do. */
export function conditionsOf(
  { conditions, every, predicateType }: AttestationRequirement,
  pieces: readonly VerifiedPiece[],
  { image, scope }: Subject,
): Finding | undefined {
  if (conditions === undefined) return undefined;
  const statements = pieces.flatMap(({ verified }) => verified.statement ?? []);
  const failures = statements.map(({ predicate, ...statement }) =>
    conditions({
      predicateType,
      predicate: isObject(predicate) ? predicate : {},
      statement: { ...statement, predicate } as unknown as JsonObject,
      image,
      scope,
    }),
  );
  const failed = failures.filter((failure) => failure !== undefined);
  const holds = every ? failed.length === 0 : failed.length < failures.length;
  return holds && statements.length > 0 ? undefined : (failed[0] ?? missing(predicateType));
}

function missing(predicateType: string): Finding {
  return { code: 'statement-missing', message: `there is no statement of the type ${predicateType}` };
}
