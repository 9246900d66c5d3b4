/** What cosign's `--type` words stand for. */
const predicateTypes: Readonly<Record<string, string>> = {
  custom: 'https://cosign.sigstore.dev/attestation/v1',
  slsaprovenance: 'https://slsa.dev/provenance/v0.2',
  slsaprovenance02: 'https://slsa.dev/provenance/v0.2',
  slsaprovenance1: 'https://slsa.dev/provenance/v1',
  link: 'https://in-toto.io/Link/v1',
  spdx: 'https://spdx.dev/Document',
  spdxjson: 'https://spdx.dev/Document',
  cyclonedx: 'https://cyclonedx.org/bom',
  vuln: 'https://cosign.sigstore.dev/attestation/vuln/v1',
  openvex: 'https://openvex.dev/ns',
};

export const predicateWords: readonly string[] = Object.keys(predicateTypes);

/** The address that a word or an address names; undefined for other words. */
export function predicateTypeOf(word: string): string | undefined {
  if (Object.hasOwn(predicateTypes, word)) return predicateTypes[word];
  return URL.canParse(word) ? word : undefined;
}
