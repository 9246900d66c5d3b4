import type { AttachAttestationInput, Attached, AttachSbomInput, AttachSignatureInput } from './attach/input.ts';
import type { AppContext } from './context.ts';

/** Puts an SBOM beside an image, unsigned. @throws OCI_*, NET_* */
export async function attachSbom(input: AttachSbomInput, context: AppContext): Promise<Attached> {
  return (await import('./attach/attach.ts')).putSbom(input, context);
}

/** Puts attestations that were made elsewhere beside an image. @throws ENVELOPE_*, KIT_*, SIGN_*, OCI_*, NET_* */
export async function attachAttestation(input: AttachAttestationInput, context: AppContext): Promise<void> {
  return (await import('./attach/attach.ts')).putAttestations(input, context);
}

/** Puts a signature that was made elsewhere beside an image. @throws ENVELOPE_*, KIT_*, SIGN_*, OCI_*, NET_* */
export async function attachSignature(input: AttachSignatureInput, context: AppContext): Promise<void> {
  return (await import('./attach/attach.ts')).putSignature(input, context);
}
