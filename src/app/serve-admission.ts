import type { ServeAdmissionInput, ServedAdmission } from './admission/input.ts';
import type { AppContext } from './context.ts';

/** Answers admission reviews until it is stopped; every decision is logged. @throws POLICY_*, ADMISSION_NO_POLICIES, DISK_*, TRUST_*, NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID */
export async function serveAdmission(input: ServeAdmissionInput, context: AppContext): Promise<ServedAdmission> {
  const { serve } = await import('./admission/serve.ts');
  return serve(input, context);
}
