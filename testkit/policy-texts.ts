/** Which images the policy of users is about, and who must have signed them. */
export interface UsersSigner {
  readonly images: string;
  readonly subject: string;
  readonly issuer: string;
}

const documented: UsersSigner = {
  images: 'ghcr.io/org/*',
  subject: '*@org.com',
  issuer: 'https://github.com/login/oauth',
};

/** The ClusterPolicy that users have, word for word as in docs/policy.md but for what is given. */
export function clusterPolicyText(given: Partial<UsersSigner> = {}): string {
  const { images, subject, issuer } = { ...documented, ...given };
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
            - "${images}"
          attestors:
            - entries:
                - keyless:
                    subject: "${subject}"
                    issuer: "${issuer}"
`;
}

/** The configuration of Connaisseur that users have, as in docs/policy.md, with a key in PEM. */
export function connaisseurText(key: string): string {
  return `# Connaisseur validator config
validators:
  - name: cosign-validator
    type: cosign
    trustRoots:
      - name: default
        key: |
${key.trim().replace(/^/gm, '          ')}
`;
}
