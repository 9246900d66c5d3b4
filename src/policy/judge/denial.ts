import type { Finding } from '../model/decision.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { VerifiedPiece } from './evaluated.ts';

/** Statements of one name. */
export interface NamedPieces {
  readonly name: string;
  readonly pieces: readonly VerifiedPiece[];
}

/** As many combinations of statements are looked at; more cannot be cleared. */
const maxCombinations = 100;

/** What is wrong with any combination of one statement for each name; a name without a statement has no value. */
export function denialOf(
  named: readonly NamedPieces[],
  check: (predicates: JsonObject) => Finding | undefined,
): Finding | undefined {
  let combinations: readonly JsonObject[] = [{}];
  for (const { name, pieces } of named) {
    const predicates = pieces.map(predicateOf);
    if (predicates.length === 0) continue;
    if (combinations.length * predicates.length > maxCombinations) {
      return {
        code: 'statements-too-many',
        message: `there are more than ${maxCombinations} combinations of statements`,
      };
    }
    combinations = combinations.flatMap((known) => predicates.map((predicate) => ({ ...known, [name]: predicate })));
  }
  return combinations.map(check).find((finding) => finding !== undefined);
}

function predicateOf({ verified }: VerifiedPiece): JsonObject {
  const predicate = verified.statement?.predicate;
  return isObject(predicate) ? predicate : {};
}
