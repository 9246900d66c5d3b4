import type { OptionGroup, TextOption, WithDefault } from '../../../core/index.ts';
import { predicateTypeOf, predicateWords } from '../../../envelope/index.ts';
import { bundleOption, proofOptions, signerOptions } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { jsonOption, sayAnswer, toBlobInput } from '../../verified.ts';

const typeOption: WithDefault<TextOption> = {
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

const attestationOptions: OptionGroup = {
  id: 'attestation',
  title: 'Evidence',
  options: [bundleOption, typeOption, jsonOption],
};

async function run(invocation: Invocation): Promise<number> {
  const { verifyBlob } = await import('../../../app/index.ts');
  const word = invocation.options.get(typeOption);
  const predicateType = predicateTypeOf(word);
  if (predicateType === undefined) {
    throw cliError('CLI_PREDICATE_UNKNOWN', { data: { word, words: predicateWords.join(', ') } });
  }
  const input = { ...toBlobInput(invocation), statement: { predicateType } };
  return sayAnswer(await verifyBlob(input, invocation.context), invocation);
}

export const module: CommandModule = { options: [attestationOptions, signerOptions, proofOptions], run };
