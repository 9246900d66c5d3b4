import { clusterPolicyText } from '../../../testkit/policy-texts.ts';
import type { Stage } from '../step.ts';

/** A policy of Kyverno as it is: images of the registry's `demo` are signed by somebody of example.com. */
export function policyOf({ registry, sigstore }: Stage): string {
  return clusterPolicyText({ images: `${registry}/demo/*`, subject: '*@example.com', issuer: sigstore.issuer });
}
