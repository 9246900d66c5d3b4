import type { TextOption, WithDefault } from '../core/index.ts';
import { predicateTypeOf, predicateWords } from '../envelope/index.ts';
import { cliError } from './errors.ts';

export const typeOption: WithDefault<TextOption> = {
  kind: 'text',
  flag: 'type',
  key: 'verify.type',
  local: true,
  environment: ['COSIGN_TYPE'],
  placeholder: 'TYPE',
  default: 'custom',
  description: 'The type that the statement must have, as a word of cosign or an address',
  trust: 'trusted',
};

/** The address that the option names. @throws CLI_PREDICATE_UNKNOWN */
export function toPredicateType(word: string): string {
  const type = predicateTypeOf(word);
  if (type !== undefined) return type;
  throw cliError('CLI_PREDICATE_UNKNOWN', { data: { word, words: predicateWords.join(', ') } });
}
