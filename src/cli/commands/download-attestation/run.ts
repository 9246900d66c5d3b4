import { type Downloaded, downloadEvidence } from '../../../app/index.ts';
import { evidencePlatformOption, predicateTypeOption, signatureType } from '../../../evidence/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { evidenceRepositoryOption } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { toEvidenceWish, withEvidence, writeDocuments } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toPredicateType } from '../../predicate.ts';

async function run(invocation: Invocation): Promise<number> {
  const word = invocation.options.get(predicateTypeOption);
  const type = word === undefined ? undefined : toPredicateType(word);
  const all = await downloadEvidence(toEvidenceWish(invocation), await withEvidence(invocation));
  const attestations = all.filter(invocation.dialect.id === 'cosign' ? isOfCosign : isAttestation);
  const chosen = attestations.filter(({ predicateType }) => type === undefined || predicateType === type);
  if (chosen.length === 0 && type !== undefined) {
    throw cliError('CLI_EVIDENCE_MISSING', {
      data: { reason: `no attestations with predicate type '${type}' found` },
    });
  }
  await writeDocuments(invocation, chosen);
  return exitCodes.clean;
}

/** In both layouts, and what BuildKit put into an index. */
function isAttestation({ kind, predicateType }: Downloaded): boolean {
  return kind !== 'signature' && !(kind === 'bundle' && predicateType === signatureType);
}

/** All bundles, signatures among them. */
function isOfCosign({ kind }: Downloaded): boolean {
  return kind === 'bundle' || kind === 'attestation';
}

export const module: CommandModule = {
  options: [
    {
      id: 'download-attestation',
      title: 'Download',
      options: [predicateTypeOption, evidencePlatformOption, evidenceRepositoryOption],
    },
    registryOptions,
  ],
  run,
};
