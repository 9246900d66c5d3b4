import type { AppContext, Downloaded } from '../app/index.ts';
import type { OptionGroup } from '../core/index.ts';
import { directoryOption, evidenceFormatOption, evidencePlatformOption } from '../evidence/index.ts';
import { toJsonLine } from '../kit/json-text.ts';
import { type Platform, parsePlatform } from '../oci/index.ts';
import { evidenceRepositoryOption } from '../verify/index.ts';
import { withRegistries } from './access.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';

/** What commands that look at the evidence of one image are given. */
export interface EvidenceWish {
  readonly image: string;
  readonly repository?: string;
  readonly platform?: Platform;
}

/** The image that is named, and where its evidence is. */
export function toEvidenceWish({ operands, options }: Invocation): EvidenceWish {
  const [image = ''] = operands;
  const repository = options.has(evidenceRepositoryOption) ? options.get(evidenceRepositoryOption) : undefined;
  const platform = options.has(evidencePlatformOption) ? options.get(evidencePlatformOption) : undefined;
  return {
    image,
    ...(repository !== undefined && { repository }),
    ...(platform !== undefined && { platform: parsePlatform(platform) }),
  };
}

export function withEvidence(invocation: Invocation): Promise<AppContext> {
  const { image, repository } = toEvidenceWish(invocation);
  return withRegistries(invocation, image, repository);
}

/** Each document in a line of its own. */
export async function writeDocuments({ host }: Invocation, all: readonly Downloaded[]): Promise<void> {
  for (const { document } of all) await host.stdout.write(`${toJsonLine(document)}\n`);
}

/** For what is written to a directory, or read from it. */
export const savedOptions: OptionGroup = {
  id: 'saved',
  title: 'Directory',
  options: [directoryOption, evidenceFormatOption],
};

/** @throws CLI_DIRECTORY_MISSING */
export function requireDirectory({ options }: Invocation): string {
  const directory = options.get(directoryOption);
  if (directory === undefined) throw cliError('CLI_DIRECTORY_MISSING');
  return directory;
}

type CosignNotice = 'copy' | 'triangulate' | 'sbom' | 'downloadSbom';

const sbomNotice =
  'WARNING: SBOM attachments are deprecated and support will be removed in a Cosign release soon after 2024-02-22 ' +
  '(see https://github.com/sigstore/cosign/issues/2755). Instead, please use SBOM attestations.\n';

/** What cosign says on the standard error before some of its commands do anything; scripts compare it. */
const cosignNotices: Readonly<Record<CosignNotice, string>> = {
  copy:
    'Command "copy" is deprecated, there are several options you can use instead:\n' +
    '  - "oras copy -r" will copy images and referring artifacts\n' +
    '  - "cosign save" to write to disk, followed by "cosign load" for a new registry\n' +
    '  - "cosign download" followed by "cosign attach" to just copy the bundle\n',
  triangulate:
    'Command "triangulate" is deprecated, triangulate will be removed in v4.0.0 ' +
    '(see https://github.com/sigstore/cosign/issues/4696). Instead, please use `oras discover` or `cosign tree` to show ' +
    'referring artifacts\n',
  sbom: sbomNotice,
  downloadSbom:
    `${sbomNotice}WARNING: Downloading SBOMs this way does not ensure its authenticity. If you want to ensure a tamper-proof ` +
    "SBOM, download it using 'cosign download attestation <image uri>'.\n",
};

/** Under the name cosign only. */
export async function sayAsCosign({ host, dialect }: Invocation, notice: CosignNotice): Promise<void> {
  if (dialect.id === 'cosign') await host.stderr.write(cosignNotices[notice]);
}
