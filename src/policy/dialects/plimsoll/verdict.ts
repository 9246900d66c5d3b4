import type { Answer, QuestionRequirement } from '../../model/policy.ts';

const day = 86_400_000;

/** A stored verdict must let the image pass, under data that is no older than so many days. Nothing is scanned for it. */
export function verdictQuestion(maxDays: number, isLenient: boolean): QuestionRequirement {
  return {
    kind: 'question',
    at: 'require.verdict',
    demand: `a verdict under data of the last ${maxDays} days`,
    isLenient,
    ask: ({ name, asks, scope }): Answer | undefined => {
      const fact = asks.ask({ kind: 'verdict', image: name });
      if (fact === undefined) return undefined;
      if (fact.kind === 'unknown') return { kind: 'missing', message: fact.reason.message };
      const { result, dataAt } = fact.verdict;
      const age = (scope.now.getTime() - dataAt.getTime()) / day;
      if (age > maxDays) return { kind: 'fails', message: `the data of the verdict is ${Math.floor(age)} days old` };
      return result === 'pass' ? { kind: 'holds' } : { kind: 'fails', message: `the verdict is ${result}` };
    },
  };
}
