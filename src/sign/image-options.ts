import type { BooleanOption, ListOption, PathOption, TextOption, WithDefault } from '../core/index.ts';
import { list, path, text, toggle, toggleOn } from './flag.ts';

export const signedAnnotationsOption: ListOption = list({
  flag: 'annotations',
  short: 'a',
  placeholder: 'NAME=VALUE',
  description: 'Sign this annotation with the image; may be repeated',
});

export const recursiveOption: BooleanOption = toggle({
  flag: 'recursive',
  short: 'r',
  description: 'Sign an index and every image that it lists',
});

export const uploadOption: WithDefault<BooleanOption> = toggleOn({
  flag: 'upload',
  description: 'Put the signature beside the image',
});

export const newBundleOption: WithDefault<BooleanOption> = toggleOn({
  flag: 'new-bundle-format',
  description: 'Make a bundle, as cosign 3 does, rather than the layout of before',
});

export const bundleFileOption: PathOption = path({
  flag: 'bundle',
  description: 'Write everything that is needed to verify to FILE',
});

export const evidencePlaceOption: TextOption = text({
  flag: 'repository',
  placeholder: 'REPOSITORY',
  description: 'Put signatures and attestations in this repository instead of that of the image',
});

export const referrersModeOption: WithDefault<TextOption<'legacy' | 'oci-1-1'>> = {
  kind: 'text',
  flag: 'registry-referrers-mode',
  key: 'sign.registry-referrers-mode',
  local: true,
  environment: ['COSIGN_REGISTRY_REFERRERS_MODE'],
  allowed: ['legacy', 'oci-1-1'],
  default: 'legacy',
  description: 'No effect on bundles, which always refer to their image; the older layout is kept under tags only',
  trust: 'trusted',
};

export const payloadOption: PathOption = path({
  flag: 'payload',
  description: 'Sign what FILE holds instead of a payload that is made; only in the layout of before',
});

export const containerIdentityOption: ListOption = list({
  flag: 'sign-container-identity',
  placeholder: 'NAME',
  description: 'Sign under this name of the image; only in the layout of before',
});

export const recordTimeOption: BooleanOption = toggle({
  flag: 'record-creation-timestamp',
  description: 'State when the layout of before was written',
});

export const outputSignatureOption: PathOption = path({
  flag: 'output-signature',
  description: 'Write the signature to FILE; only in the layout of before',
});

export const outputPayloadOption: PathOption = path({
  flag: 'output-payload',
  description: 'Write what was signed to FILE; only in the layout of before',
});

export const outputCertificateOption: PathOption = path({
  flag: 'output-certificate',
  description: 'Write the certificate to FILE; only in the layout of before',
});
