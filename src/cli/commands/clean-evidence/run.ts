import { cleanImage } from '../../../app/index.ts';
import { type CleanKind, cleanOptions, cleanTypeOption, unaskedOption } from '../../../evidence/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { confirm } from '../../prompt.ts';

const what: Readonly<Record<CleanKind, string>> = {
  all: 'signatures, SBOMs and attestations',
  signature: 'signatures',
  attestation: 'attestations',
  referrer: 'referrer attestations and/or signatures',
  sbom: 'SBOMs',
};

/** cosign ends well whatever a registry refuses; under our own name what is still there is an error. */
async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, dialect } = invocation;
  const [image = ''] = operands;
  const kind = options.get(cleanTypeOption);
  if (!options.get(unaskedOption)) {
    await host.stderr.write(`WARNING: this will remove all ${what[kind]} from the image\n`);
    await confirm(host);
  }
  const { cleaned, left } = await cleanImage({ image, kind }, await withRegistries(invocation, image));
  if (left > 0 && kind !== 'sbom') {
    await host.stderr.write('WARNING: image has referrers, consider using --type referrer\n');
  }
  const repository = image.replace(/@.*$/s, '').replace(/:[^/:]*$/, '');
  for (const { reference, removed, reason = '' } of cleaned) {
    const name = `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
    const line = removed ? `Removed ${name} from ${image}` : `could not delete ${name} from ${image}: ${reason}`;
    await host.stderr.write(`${toVisibleLine(line)}\n`);
  }
  return dialect.id === 'cosign' || cleaned.every(({ removed }) => removed) ? exitCodes.clean : exitCodes.error;
}

export const module: CommandModule = { options: [cleanOptions, registryOptions], run };
