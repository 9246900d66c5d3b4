import { extname } from 'node:path';
import { registryOptions } from '../../../oci/index.ts';
import {
  cosignOptions,
  imageEvidenceOptions,
  policyOption,
  proofOptions,
  signerOptions,
} from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toPredicateType, typeOption } from '../../predicate.ts';
import { failImage, verifyImages } from '../../verified-image.ts';

/** Prints the envelope of each statement that holds, in a line of its own. */
async function run(invocation: Invocation): Promise<number> {
  const predicateType = toPredicateType(invocation.options.get(typeOption));
  const conditions = invocation.options.get(policyOption);
  for (const path of conditions) assertLanguage(path);
  const outcome = await verifyImages(invocation, { wanted: 'attestation', statement: { predicateType }, conditions });
  if (outcome.kind === 'failed') return failImage(invocation, { ...outcome, isAttestation: true });
  for (const { evidence } of outcome.images) {
    for (const { payload } of evidence) {
      await invocation.host.stdout.write(`${payload.toString('utf8').trimEnd()}\n`);
    }
  }
  return exitCodes.clean;
}

/** @throws CLI_POLICY_LANGUAGE for what would otherwise pass unread */
function assertLanguage(path: string): void {
  const extension = extname(path);
  if (extension === '.cel') return;
  const language = { '.rego': 'Rego', '.cue': 'CUE' }[extension];
  const reason = language === undefined ? 'its name does not end in .cel' : `${language} is not supported yet`;
  throw cliError('CLI_POLICY_LANGUAGE', { data: { path, reason } });
}

export const module: CommandModule = {
  options: [
    { ...imageEvidenceOptions, options: [typeOption, policyOption, ...imageEvidenceOptions.options] },
    signerOptions,
    proofOptions,
    registryOptions,
    cosignOptions,
  ],
  run,
};
