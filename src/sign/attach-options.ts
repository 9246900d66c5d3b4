import type { ListOption, OptionGroup, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { list, path } from './flag.ts';
import { evidencePlaceOption, referrersModeOption } from './image-options.ts';
import { certificateChainOption, certificateOption } from './service-options.ts';

export const sbomOption: PathOption = path({ flag: 'sbom', description: 'The SBOM, or - for the standard input' });

export const sbomTypeOption: WithDefault<TextOption<'spdx' | 'cyclonedx' | 'syft'>> = {
  kind: 'text',
  flag: 'type',
  key: 'sign.sbom-type',
  local: true,
  environment: ['COSIGN_TYPE'],
  allowed: ['spdx', 'cyclonedx', 'syft'],
  default: 'spdx',
  description: 'The standard of the SBOM',
  trust: 'trusted',
};

export const inputFormatOption: TextOption<'json' | 'xml' | 'text'> = {
  kind: 'text',
  flag: 'input-format',
  key: 'sign.input-format',
  local: true,
  environment: ['COSIGN_INPUT_FORMAT'],
  allowed: ['json', 'xml', 'text'],
  description: 'How the SBOM is written, where its name does not end with .json',
  trust: 'trusted',
};

export const attachSbomOptions: OptionGroup = {
  id: 'attach-sbom',
  title: 'SBOM',
  options: [sbomOption, sbomTypeOption, inputFormatOption, referrersModeOption, evidencePlaceOption],
};

export const attestationsOption: ListOption = list({
  flag: 'attestation',
  placeholder: 'FILE',
  description: 'A bundle, or envelopes as lines of JSON; may be repeated',
});

export const attachAttestationOptions: OptionGroup = {
  id: 'attach-attestation',
  title: 'Attestation',
  options: [attestationsOption, evidencePlaceOption],
};

export const foreignSignatureOption: PathOption = path({
  flag: 'signature',
  description: 'The signature in base64, or - for the standard input',
});

export const foreignPayloadOption: PathOption = path({
  flag: 'payload',
  description: 'What the signature is over, or a bundle',
  aliases: [{ flag: 'bundle' }],
});

export const stampOption: PathOption = path({
  flag: 'tsr',
  description: 'The answer of a timestamp authority for the signature',
});

export const rekorResponseOption: PathOption = path({
  flag: 'rekor-response',
  description: 'A bundle of before cosign 3, whose answer of the log is taken',
});

export const attachSignatureOptions: OptionGroup = {
  id: 'attach-signature',
  title: 'Signature',
  options: [
    foreignSignatureOption,
    foreignPayloadOption,
    certificateOption,
    certificateChainOption,
    stampOption,
    rekorResponseOption,
    evidencePlaceOption,
  ],
};
