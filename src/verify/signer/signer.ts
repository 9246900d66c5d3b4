import type { Certificate, PublicKey } from '../../trust/index.ts';
import type { VerifiedSigner, VerifiedTime } from '../answer.ts';

/** Who made a signature, by what the evidence says and the policy accepts. */
export interface Signer {
  readonly key: PublicKey;
  readonly certificate?: Certificate;
  /** Checks the certificate, if there is one, at each time. */
  assertTrusted(times: readonly VerifiedTime[]): void;
  /** Checks that the policy accepts the signer. */
  accept(): Promise<VerifiedSigner>;
}
