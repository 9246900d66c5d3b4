import type { Answer, Question, QuestionRequirement, Requirement } from '../../model/policy.ts';
import { daysSince } from './age.ts';
import type { VerdictFields } from './image-policy.ts';

/** Whose SBOMs a verdict is made of. */
export interface VerdictSource {
  /** An SBOM by a signer who counts; undefined when nobody does. */
  readonly sbom: Requirement | undefined;
  /** Where signers keep what they sign, when that is not beside the image. */
  readonly repositories: readonly string[];
  readonly isLenient: boolean;
}

/** A verdict must let the image pass, under data that is no older than so many days. Nothing is scanned for it. */
export function verdictQuestion(
  { maxDays, severities, ignoreUnfixed }: VerdictFields,
  { sbom, repositories, isLenient }: VerdictSource,
): QuestionRequirement {
  return {
    kind: 'question',
    at: 'require.verdict',
    demand: `a verdict under data of the last ${maxDays} days`,
    isLenient,
    ...(sbom !== undefined && { evidence: sbom }),
    ask: ({ name, asks, scope, signed }: Question): Answer | undefined => {
      const statements = [...new Set(signed.flatMap(({ statement }) => statement ?? []))].sort();
      const fact = asks.ask({
        kind: 'verdict',
        image: name,
        statements,
        repositories,
        ...(severities !== undefined && { severities }),
        ...(ignoreUnfixed !== undefined && { ignoreUnfixed }),
      });
      if (fact === undefined) return undefined;
      if (fact.kind === 'unknown') return { kind: 'missing', message: fact.reason.message };
      const { result, dataAt, reasons = [] } = fact.verdict;
      const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
      if (result !== 'pass') return { kind: 'fails', message: `the verdict is ${result}${why}` };
      const age = daysSince(dataAt.getTime(), scope.now);
      if (age <= maxDays) return { kind: 'holds' };
      // What old data does not know of is not known.
      return { kind: 'missing', message: `the data of the verdict is ${Math.floor(age)} days old` };
    },
  };
}
