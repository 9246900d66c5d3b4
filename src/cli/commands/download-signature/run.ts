import { type Downloaded, downloadEvidence } from '../../../app/index.ts';
import { signatureType } from '../../../evidence/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { evidenceRepositoryOption } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { toEvidenceWish, withEvidence, writeDocuments } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run(invocation: Invocation): Promise<number> {
  const wish = toEvidenceWish(invocation);
  const all = await downloadEvidence(wish, await withEvidence(invocation));
  const signatures = invocation.dialect.id === 'cosign' ? asCosign(all) : all.filter(isSignature);
  if (signatures.length === 0) {
    throw cliError('CLI_EVIDENCE_MISSING', { data: { reason: `${wish.image}: no signatures associated` } });
  }
  await writeDocuments(invocation, signatures);
  return exitCodes.clean;
}

/** In both layouts; a bundle that states something of the image is an attestation. */
function isSignature({ kind, predicateType = signatureType }: Downloaded): boolean {
  return kind === 'signature' || (kind === 'bundle' && predicateType === signatureType);
}

/** All bundles, whatever they state, and the older layout only where there is none. */
function asCosign(all: readonly Downloaded[]): readonly Downloaded[] {
  const bundles = all.filter(({ kind }) => kind === 'bundle');
  return bundles.length > 0 ? bundles : all.filter(({ kind }) => kind === 'signature');
}

export const module: CommandModule = {
  options: [{ id: 'download-signature', title: 'Download', options: [evidenceRepositoryOption] }, registryOptions],
  run,
};
