import { triangulate } from '../../../app/index.ts';
import { triangulateTypeOption } from '../../../evidence/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { evidenceRepositoryOption } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { sayAsCosign, toEvidenceWish, withEvidence } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';

const kinds = ['signature', 'attestation', 'sbom', 'digest'] as const;

async function run(invocation: Invocation): Promise<number> {
  await sayAsCosign(invocation, 'triangulate');
  const type = invocation.options.get(triangulateTypeOption);
  const kind = kinds.find((known) => known === type);
  if (kind === undefined) throw cliError('CLI_ATTACHMENT_UNKNOWN', { data: { type, known: kinds.join(', ') } });
  if (kind === 'sbom') await sayAsCosign(invocation, 'sbom');
  const place = await triangulate({ ...toEvidenceWish(invocation), kind }, await withEvidence(invocation));
  await invocation.host.stdout.write(`${place}\n`);
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    { id: 'triangulate', title: 'Triangulate', options: [triangulateTypeOption, evidenceRepositoryOption] },
    registryOptions,
  ],
  run,
};
