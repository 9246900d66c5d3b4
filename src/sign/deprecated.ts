/** What cosign says of its flags of yesterday, by flag. */
export const deprecatedFlags: Readonly<Record<string, string>> = {
  'fulcio-url': 'please use a signing config to specify a fulcio url; see `cosign signing-config --help`',
  'rekor-url': 'please use a signing config to specify a rekor url; see `cosign signing-config --help`',
  'oidc-issuer': 'please use a signing config to specify an OIDC issuer; see `cosign signing-config create --help`',
  'timestamp-server-url':
    'please use a signing config to specify a timestamp server url; see `cosign signing-config --help`',
  'tlog-upload': 'prefer using a --signing-config file with no transparency log services',
  'new-bundle-format': 'this will be the only supported format in future versions',
  'issue-certificate': 'support for this flag will be removed in the future',
  'insecure-skip-verify': 'SCT verification is no longer performed during signing/attestation.',
  'output-signature': 'please use --bundle to provide the output bundle location, which will include the signature',
  'output-payload': 'please use --bundle to provide the output bundle location, which will include the payload',
  'output-certificate': 'please use --bundle to provide the output bundle location, which will include the certificate',
  'output-attestation': 'please use --bundle to provide the output bundle location, which will include the attestation',
  output: 'please use --bundle to provide the output bundle location, which will include the signature',
  b64: 'please use --bundle, which already base64 encodes content as appropriate',
  'rfc3161-timestamp':
    'please use --bundle to provide the output bundle location, which will include the signed timestamp',
  'rfc3161-timestamp-bundle':
    'please use --bundle to provide the output bundle location, which will include the signed timestamp',
  payload: 'payload will always be generated automatically in future versions',
  'sign-container-identity': 'not possible when OCI referrers become the default behavior',
  'record-creation-timestamp': 'not used with the new bundle format',
  replace: 'not needed when OCI referrers become the default behavior',
  'rekor-entry-type':
    'support for this flag will be removed in the future. it is strongly discouraged to rely on Rekor for attestation storage, and in future releases of Rekor, this functionality will be removed.',
};
