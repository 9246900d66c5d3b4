import { downloadSboms } from '../../../app/index.ts';
import { evidencePlatformOption } from '../../../evidence/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { evidenceRepositoryOption } from '../../../verify/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { sayAsCosign, toEvidenceWish, withEvidence } from '../../evidence.ts';
import { exitCodes } from '../../exit-codes.ts';

/** The last one where there are several, as cosign has it. */
async function run(invocation: Invocation): Promise<number> {
  const { host, context } = invocation;
  await sayAsCosign(invocation, 'downloadSbom');
  const sboms = await downloadSboms(toEvidenceWish(invocation), await withEvidence(invocation));
  const sbom = sboms.at(-1);
  if (sbom === undefined) throw cliError('CLI_EVIDENCE_MISSING', { data: { reason: 'no sbom attached to reference' } });
  if (sboms.length > 1)
    context.log.warn('There are several SBOMs, and the last one is printed', { count: sboms.length });
  await host.stderr.write(`Found SBOM of media type: ${toVisibleLine(sbom.mediaType)}\n`);
  await host.stdout.write(sbom.bytes);
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    { id: 'download-sbom', title: 'Download', options: [evidencePlatformOption, evidenceRepositoryOption] },
    registryOptions,
  ],
  run,
};
