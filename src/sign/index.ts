export type { SigningAlgorithm } from './algorithms.ts';
export {
  attachAttestationOptions,
  attachSbomOptions,
  attachSignatureOptions,
  attestationsOption,
  foreignPayloadOption,
  foreignSignatureOption,
  inputFormatOption,
  rekorResponseOption,
  sbomOption,
  sbomTypeOption,
  stampOption,
} from './attach-options.ts';
export {
  algorithmOption,
  base64Option,
  entryTypeOption,
  hashOption,
  noUploadOption,
  outputAttestationOption,
  outputOption,
  predicateOption,
  replaceOption,
  statementOption,
  timestampBundleOption,
  timestampFileOption,
} from './blob-options.ts';
export { assertChain } from './chain.ts';
export { deprecatedFlags } from './deprecated.ts';
export { signError } from './errors.ts';
export {
  bundleFileOption,
  containerIdentityOption,
  evidencePlaceOption,
  newBundleOption,
  outputCertificateOption,
  outputPayloadOption,
  outputSignatureOption,
  payloadOption,
  recordTimeOption,
  recursiveOption,
  referrersModeOption,
  signedAnnotationsOption,
  uploadOption,
} from './image-options.ts';
export {
  generateOptions,
  importedKeyOption,
  importOptions,
  importPrefixOption,
  kmsOption,
  outfileOption,
  outputPrefixOption,
  privateKeyOption,
  publicKeyOptions,
  yesOption,
} from './options.ts';
export { makeStatement } from './predicate.ts';
export type { Signer } from './request.ts';
export {
  authFlowOption,
  certificateChainOption,
  certificateOption,
  clientIdOption,
  clientSecretOption,
  defaultAddresses,
  disableAmbientOption,
  fulcioUrlOption,
  identityTokenOption,
  issueCertificateOption,
  oidcIssuerOption,
  providerOption,
  redirectUrlOption,
  rekorUrlOption,
  serviceOptions,
  signingConfigOption,
  signingOptions,
  timestampAuthoritiesOption,
  timestampCertificateOption,
  timestampKeyOption,
  timestampNameOption,
  timestampUrlOption,
  tlogUploadOption,
  tokenOptions,
  useSigningConfigOption,
} from './service-options.ts';
export { signContent } from './sign-content.ts';
