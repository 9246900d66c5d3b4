import { makeRegistry, type Registry } from '../kit/registry.ts';
import type { CommandDescriptor } from './command.ts';
import { admissionInstall } from './commands/admission-install/index.ts';
import { admissionServe } from './commands/admission-serve/index.ts';
import { append } from './commands/append/index.ts';
import { attachAttestation } from './commands/attach-attestation/index.ts';
import { attachSbom } from './commands/attach-sbom/index.ts';
import { attachSignature } from './commands/attach-signature/index.ts';
import { attest } from './commands/attest/index.ts';
import { attestBlob } from './commands/attest-blob/index.ts';
import { authGet } from './commands/auth-get/index.ts';
import { authToken } from './commands/auth-token/index.ts';
import { blob } from './commands/blob/index.ts';
import { bundleCreate } from './commands/bundle-create/index.ts';
import { bundleInspect } from './commands/bundle-inspect/index.ts';
import { bundleUpgrade } from './commands/bundle-upgrade/index.ts';
import { catalog } from './commands/catalog/index.ts';
import { cleanEvidence } from './commands/clean-evidence/index.ts';
import { convert } from './commands/convert/index.ts';
import { copy } from './commands/copy/index.ts';
import { cosignVersion } from './commands/cosign-version/index.ts';
import { craneCopy } from './commands/crane-copy/index.ts';
import { craneVersion } from './commands/crane-version/index.ts';
import { dbStatus } from './commands/db-status/index.ts';
import { dbUpdate } from './commands/db-update/index.ts';
import { deleteCommand } from './commands/delete/index.ts';
import { digest } from './commands/digest/index.ts';
import { doctor } from './commands/doctor/index.ts';
import { downloadAttestation } from './commands/download-attestation/index.ts';
import { downloadSbom } from './commands/download-sbom/index.ts';
import { downloadSignature } from './commands/download-signature/index.ts';
import { env } from './commands/env/index.ts';
import { exportCommand } from './commands/export/index.ts';
import { flatten } from './commands/flatten/index.ts';
import { fs } from './commands/fs/index.ts';
import { generateKeyPair } from './commands/generate-key-pair/index.ts';
import { image } from './commands/image/index.ts';
import { imageConfig } from './commands/image-config/index.ts';
import { importKeyPair } from './commands/import-key-pair/index.ts';
import { indexAppend } from './commands/index-append/index.ts';
import { indexFilter } from './commands/index-filter/index.ts';
import { indexList } from './commands/index-list/index.ts';
import { initialize } from './commands/initialize/index.ts';
import { inspect } from './commands/inspect/index.ts';
import { load } from './commands/load/index.ts';
import { login } from './commands/login/index.ts';
import { logout } from './commands/logout/index.ts';
import { ls } from './commands/ls/index.ts';
import { manifest } from './commands/manifest/index.ts';
import { mutate } from './commands/mutate/index.ts';
import { pin } from './commands/pin/index.ts';
import { pkcs11ListKeys } from './commands/pkcs11-list-keys/index.ts';
import { pkcs11ListTokens } from './commands/pkcs11-list-tokens/index.ts';
import { policyApply } from './commands/policy-apply/index.ts';
import { policyConvert } from './commands/policy-convert/index.ts';
import { policyExplain } from './commands/policy-explain/index.ts';
import { policyLint } from './commands/policy-lint/index.ts';
import { policyTest } from './commands/policy-test/index.ts';
import { publicKey } from './commands/public-key/index.ts';
import { pull } from './commands/pull/index.ts';
import { push } from './commands/push/index.ts';
import { rebase } from './commands/rebase/index.ts';
import { registryServe } from './commands/registry-serve/index.ts';
import { rootfs } from './commands/rootfs/index.ts';
import { rotate } from './commands/rotate/index.ts';
import { save } from './commands/save/index.ts';
import { sbom } from './commands/sbom/index.ts';
import { sbomDiff } from './commands/sbom-diff/index.ts';
import { sbomMerge } from './commands/sbom-merge/index.ts';
import { sbomScore } from './commands/sbom-score/index.ts';
import { sbomValidate } from './commands/sbom-validate/index.ts';
import { sign } from './commands/sign/index.ts';
import { signBlob } from './commands/sign-blob/index.ts';
import { signBundle } from './commands/sign-bundle/index.ts';
import { signingConfigCreate } from './commands/signing-config-create/index.ts';
import { tag } from './commands/tag/index.ts';
import { tree } from './commands/tree/index.ts';
import { triangulate } from './commands/triangulate/index.ts';
import { trustedRootCreate } from './commands/trusted-root-create/index.ts';
import { uploadBlob } from './commands/upload-blob/index.ts';
import { validate } from './commands/validate/index.ts';
import { verify } from './commands/verify/index.ts';
import { verifyAttestation } from './commands/verify-attestation/index.ts';
import { verifyBlob } from './commands/verify-blob/index.ts';
import { verifyBlobAttestation } from './commands/verify-blob-attestation/index.ts';
import { verifyBundle } from './commands/verify-bundle/index.ts';
import { verifyDockerfile } from './commands/verify-dockerfile/index.ts';
import { verifyManifest } from './commands/verify-manifest/index.ts';
import { version } from './commands/version/index.ts';

/** Every command, in the order of help. */
export const commands: Registry<CommandDescriptor> = makeRegistry([
  image,
  fs,
  rootfs,
  sbom,
  sbomDiff,
  sbomMerge,
  sbomValidate,
  sbomScore,
  convert,
  dbUpdate,
  dbStatus,
  pin,
  doctor,
  registryServe,
  digest,
  manifest,
  imageConfig,
  ls,
  catalog,
  tag,
  craneCopy,
  pull,
  push,
  exportCommand,
  validate,
  deleteCommand,
  blob,
  login,
  logout,
  authGet,
  authToken,
  inspect,
  copy,
  append,
  mutate,
  save,
  load,
  tree,
  downloadSignature,
  downloadAttestation,
  downloadSbom,
  triangulate,
  cleanEvidence,
  flatten,
  rebase,
  indexAppend,
  indexFilter,
  indexList,
  verify,
  verifyAttestation,
  verifyDockerfile,
  verifyManifest,
  verifyBlob,
  verifyBlobAttestation,
  verifyBundle,
  sign,
  signBlob,
  attest,
  attestBlob,
  attachSignature,
  attachAttestation,
  attachSbom,
  uploadBlob,
  signBundle,
  initialize,
  bundleCreate,
  bundleUpgrade,
  bundleInspect,
  trustedRootCreate,
  signingConfigCreate,
  env,
  generateKeyPair,
  importKeyPair,
  publicKey,
  rotate,
  pkcs11ListTokens,
  pkcs11ListKeys,
  policyApply,
  policyExplain,
  policyConvert,
  policyLint,
  policyTest,
  admissionInstall,
  admissionServe,
  version,
  craneVersion,
  cosignVersion,
]);

/** First words that gather several commands. */
export const commandFamilies: Readonly<Record<string, string>> = {
  attach: 'Put signatures, attestations and SBOMs beside an image',
  upload: 'Put files into a registry',
  auth: 'Store, forget and print logins of registries',
  bundle: 'Make, change and show Sigstore bundles',
  'sigstore-bundle': 'Make, change and show Sigstore bundles',
  'pkcs11-tool': 'Look at the tokens of a PKCS #11 module',
  'signing-config': 'Make signing configurations',
  'trusted-root': 'Make trusted roots',
  dockerfile: 'Verify the images of Dockerfiles',
  manifest: 'Verify the images of manifests',
  download: 'Print signatures, attestations and SBOMs of an image',
  policy: 'Judge Kubernetes objects and images by policies',
  db: 'Download advisory databases and tell their age',
  index: 'Change an index of images, or list it',
  registry: 'Serve a registry',
  admission: 'Answer the admission reviews of an API server',
};
