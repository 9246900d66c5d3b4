import { evidenceTree } from '../../../app/index.ts';
import { evidenceFormatOption, referrersModeOption, referrersOption } from '../../../evidence/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { evidenceRepositoryOption } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { toEvidenceWish, withEvidence } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';
import { cosignHead, toCosignText } from './cosign-text.ts';
import { toTreeText } from './text.ts';

async function run(invocation: Invocation): Promise<number> {
  const { options, host, dialect } = invocation;
  const wish = toEvidenceWish(invocation);
  const isJson = options.get(evidenceFormatOption) === 'json';
  const isCosign = dialect.id === 'cosign' && !isJson;
  if (isCosign) await host.stdout.write(cosignHead(wish.image));
  const tree = await evidenceTree(wish, await withEvidence(invocation));
  if (isJson) await host.stdout.write(toJsonText(tree));
  else if (isCosign) await host.stdout.write(toCosignText(tree, options.get(referrersOption)));
  else await host.stdout.write(toTreeText(tree));
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    {
      id: 'tree',
      title: 'Tree',
      options: [evidenceFormatOption, evidenceRepositoryOption, referrersOption, referrersModeOption],
    },
    registryOptions,
  ],
  run,
};
