import type { BooleanOption, ListOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { type CleanKind, cleanKinds } from './clean.ts';
import { type EvidenceKind, evidenceKinds } from './copy/part.ts';

const local = (flag: string, description: string) =>
  ({ flag, key: `evidence.${flag}`, local: true, description, trust: 'any' }) as const;

export const onlyOption: ListOption<EvidenceKind> = {
  kind: 'list',
  ...local('only', 'Copy evidence of these kinds only, and leave the tag of the target as it is'),
  allowed: evidenceKinds,
  aliases: [{ flag: 'sig-only', value: 'sig', deprecated: true }],
};

export const forceOption: BooleanOption = {
  kind: 'boolean',
  ...local('force', 'Replace tags of the target that mean something else'),
  short: 'f',
};

export const dryRunOption: BooleanOption = {
  kind: 'boolean',
  ...local('dry-run', 'Tell what would be copied, and write nothing'),
};

export const evidencePlatformOption: TextOption = {
  kind: 'text',
  ...local('platform', 'Take only the image of this platform, and its evidence'),
  placeholder: 'OS/ARCH',
};

export const evidenceFormatOption: WithDefault<TextOption<'text' | 'json'>> = {
  kind: 'text',
  ...local('format', 'Tell the result in lines of text or as JSON'),
  allowed: ['text', 'json'],
  default: 'text',
};

export const copyOptions: OptionGroup = {
  id: 'copy',
  title: 'Copy',
  options: [onlyOption, evidencePlatformOption, forceOption, dryRunOption, evidenceFormatOption],
};

export const directoryOption: PathOption = {
  kind: 'path',
  ...local('dir', 'The directory of the image and its evidence'),
  placeholder: 'DIRECTORY',
};

export const cleanTypeOption: WithDefault<TextOption<CleanKind>> = {
  kind: 'text',
  ...local('type', 'Remove evidence of this kind; referrer stands for the bundles that speak of the image'),
  allowed: cleanKinds,
  default: 'all',
};

export const unaskedOption: BooleanOption = {
  kind: 'boolean',
  ...local('force', 'Do not ask before'),
  short: 'f',
};

export const cleanOptions: OptionGroup = { id: 'clean', title: 'Clean', options: [cleanTypeOption, unaskedOption] };

export const triangulateTypeOption: WithDefault<TextOption> = {
  kind: 'text',
  ...local('type', 'What is looked for: signature, attestation, sbom or digest'),
  default: 'signature',
};

export const predicateTypeOption: TextOption = {
  kind: 'text',
  ...local('predicate-type', 'Only statements of this type, as a word of cosign or an address'),
  placeholder: 'TYPE',
};

/** Of cosign, which has deprecated it. */
export const referrersOption: BooleanOption = {
  kind: 'boolean',
  ...local('experimental-oci11', 'Show what speaks of the image in manifests of their own'),
  default: true,
};

/** Of cosign; no effect, referrers are always looked at. */
export const referrersModeOption: TextOption = {
  kind: 'text',
  ...local('registry-referrers-mode', 'No effect: both layouts are always looked at'),
};

export const uploadFilesOption: WithDefault<ListOption> = {
  kind: 'list',
  ...local('files', 'Put this file there; several need a platform each'),
  short: 'f',
  placeholder: 'FILE[:OS[/ARCH]]',
  default: [],
};

export const contentTypeOption: TextOption = {
  kind: 'text',
  ...local('ct', 'Media type of the files; told by their content unless given'),
  placeholder: 'TYPE',
};

export const uploadAnnotationsOption: ListOption = {
  kind: 'list',
  ...local('annotation', 'Annotation of the image; may be repeated'),
  short: 'a',
  placeholder: 'NAME=VALUE',
};

export const uploadOptions: OptionGroup = {
  id: 'upload',
  title: 'Files',
  options: [uploadFilesOption, contentTypeOption, uploadAnnotationsOption],
};
