import { join } from 'node:path';
import type { Surroundings } from '../provider.ts';

/** Where a pod has its token mounted. */
export function tokenPath({ root = '/' }: Surroundings): string {
  return join(root, 'var/run/sigstore/cosign/oidc-token');
}
