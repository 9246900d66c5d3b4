import type { Stage } from '../step.ts';

/** A policy of Kyverno as it is: images of the registry's `demo` are signed by somebody of example.com. */
export function policyOf({ registry, sigstore }: Stage): string {
  return `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: verify-images
spec:
  validationFailureAction: Enforce
  rules:
    - name: verify-signature
      match:
        any:
          - resources:
              kinds:
                - Pod
      verifyImages:
        - imageReferences:
            - "${registry}/demo/*"
          attestors:
            - entries:
                - keyless:
                    subject: "*@example.com"
                    issuer: "${sigstore.issuer}"
`;
}
