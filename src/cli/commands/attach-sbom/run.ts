import { attachSbom } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  attachSbomOptions,
  evidencePlaceOption,
  inputFormatOption,
  referrersModeOption,
  sbomOption,
  sbomTypeOption,
} from '../../../sign/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readGiven } from '../../given-file.ts';
import { assertReferrersMode } from '../../signing.ts';

/** Media types by standard and by how it is written; the first is the usual one. */
const mediaTypes = {
  spdx: { text: 'text/spdx', json: 'text/spdx+json' },
  cyclonedx: { xml: 'application/vnd.cyclonedx+xml', json: 'application/vnd.cyclonedx+json' },
  syft: { json: 'application/vnd.syft+json' },
} as const;

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, descriptor, dialect } = invocation;
  const [reference = ''] = operands;
  const path = options.get(sbomOption);
  await host.stderr.write(
    'WARNING: SBOM attachments are deprecated and support will be removed in a Cosign release soon after 2024-02-22 (see https://github.com/sigstore/cosign/issues/2755). Instead, please use SBOM attestations.\n',
  );
  if (path === undefined) {
    throw cliError('CLI_ATTACHMENT_MISSING', { data: { command: commandLine(descriptor, dialect), flag: 'sbom' } });
  }
  assertReferrersMode(invocation);
  const mediaType = toMediaType(invocation, path);
  await host.stderr.write(
    `WARNING: Attaching SBOMs this way does not sign them. To sign them, use 'cosign attest --predicate ${path} --key <key path>'.\n`,
  );
  const sbom = await readGiven(host, path, '');
  const repository = options.get(evidencePlaceOption);
  const mode = options.get(referrersModeOption) === 'legacy' ? 'tag' : 'referrer';
  const context = await withRegistries(invocation, reference);
  const place = { reference, ...(repository !== undefined && { repository }) };
  const attached = await attachSbom({ ...place, sbom, mediaType, mode }, context);
  await host.stderr.write(
    `Uploading SBOM file for [${reference}] to [${attached.place}] with mediaType [${mediaType}].\n\n`,
  );
  return exitCodes.clean;
}

/** @throws CLI_SBOM_FORMAT */
function toMediaType({ options }: Invocation, path: string): string {
  const type = options.get(sbomTypeOption);
  const known: Readonly<Record<string, string>> = mediaTypes[type];
  const asked = options.get(inputFormatOption);
  if (asked !== undefined && !Object.hasOwn(known, asked)) {
    throw cliError('CLI_SBOM_FORMAT', { data: { format: asked, formats: Object.keys(known).sort().join('|') } });
  }
  const isJson = asked === 'json' || path.endsWith('.json');
  return (isJson ? known['json'] : Object.values(known)[0]) ?? '';
}

export const module: CommandModule = { options: [attachSbomOptions, registryOptions], run };
