import { makeKey } from './sigstore/keys.ts';

const { pem } = makeKey();
const conditions = [{ all: [{ key: '{{ builder.id }}', operator: 'Equals', value: 'ci' }], any: [] }];

/** Sound documents of each dialect, with as many fields as fit. */
export const policySeeds: Readonly<Record<string, readonly object[]>> = {
  kyverno: [
    {
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      metadata: { name: 'p', annotations: { 'policies.kyverno.io/severity': 'high' } },
      spec: {
        validationFailureAction: 'Enforce',
        validationFailureActionOverrides: [
          { action: 'Audit', namespaces: ['x'], namespaceSelector: { matchLabels: {} } },
        ],
        rules: [
          {
            name: 'r',
            match: { any: [{ resources: { kinds: ['Pod'], selector: { matchLabels: { app: '*' } } } }] },
            exclude: { all: [{ resources: { namespaces: ['x'] }, subjects: [{ kind: 'User', name: 'x' }] }] },
            context: [{ name: 'v', variable: { jmesPath: 'request.name', default: 'x' } }],
            preconditions: { all: [{ key: '{{ v }}', operator: 'NotEquals', value: 'x' }] },
            imageExtractors: { Task: [{ path: '/spec/steps/*', value: 'image', jmesPath: 'to_lower(@)' }] },
            verifyImages: [
              {
                imageReferences: ['*'],
                skipImageReferences: ['skip*'],
                attestors: [
                  {
                    count: 1,
                    entries: [
                      { keys: { publicKeys: pem, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } } },
                      { keyless: { subject: '*', issuer: '*', additionalExtensions: { githubWorkflowName: 'x' } } },
                      { attestor: { entries: [{ keys: { publicKeys: pem } }] } },
                    ],
                  },
                ],
                attestations: [
                  { type: 'https://x', attestors: [{ entries: [{ keys: { publicKeys: pem } }] }], conditions },
                ],
                mutateDigest: true,
                required: true,
              },
            ],
          },
        ],
      },
    },
    {
      apiVersion: 'kyverno.io/v2',
      kind: 'PolicyException',
      metadata: { name: 'e' },
      spec: {
        match: { any: [{ resources: { namespaces: ['nowhere'] } }] },
        exceptions: [{ policyName: 'p', ruleNames: ['r'] }],
        conditions: { all: [{ key: 'a', operator: 'Equals', value: 'a' }] },
      },
    },
  ],
  connaisseur: [
    {
      validators: [
        { name: 'default', type: 'cosign', host: { rekor: 'x' }, trustRoots: [{ name: 'default', key: pem }] },
        { name: 'no', type: 'static', approve: false },
      ],
      policy: [
        { pattern: '*', with: { trustRoot: '*', threshold: 1, required: ['default'], mode: 'mutate' } },
        { pattern: 'ghcr.io/{a,b}/*', validator: 'no' },
      ],
      namespacedValidation: { enabled: true, mode: 'ignore' },
    },
  ],
  'policy-controller': [
    {
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'p' },
      spec: {
        images: [{ glob: '**' }],
        mode: 'enforce',
        match: [{ resource: 'pods', version: 'v1', selector: { matchLabels: { app: 'web' } } }],
        authorities: [
          { name: 'key', key: { data: pem }, ctlog: { url: 'https://x' }, source: [{ oci: 'x/y' }] },
          {
            keyless: { identities: [{ issuerRegExp: '.*', subject: 'x' }] },
            attestations: [{ name: 'a', predicateType: 'spdxjson' }],
          },
          { static: { action: 'fail', message: 'no' } },
        ],
      },
    },
    {
      apiVersion: 'policy.sigstore.dev/v1alpha1',
      kind: 'TrustRoot',
      metadata: { name: 't' },
      spec: { sigstoreKeys: { tLogs: [{ publicKey: 'eA==' }], certificateAuthorities: [{ certChain: 'eA==' }] } },
    },
  ],
  'image-validating': [
    {
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'ImageValidatingPolicy',
      metadata: { name: 'p' },
      spec: {
        validationActions: ['Deny'],
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        matchConditions: [{ name: 'here', expression: 'object.metadata.name != ""' }],
        matchImageReferences: [{ glob: 'ghcr.io/*' }],
        variables: [{ name: 'two', expression: '1 + 1' }],
        attestors: [{ name: 'key', cosign: { key: { data: pem } } }],
        attestations: [{ name: 'sbom', intoto: { type: 'https://spdx.dev/Document' } }],
        validations: [
          {
            expression: 'images.containers.all(image, verifyImageSignatures(image, [attestors.key]) > 0)',
            message: 'not signed',
          },
        ],
      },
    },
    {
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'PolicyException',
      metadata: { name: 'e' },
      spec: {
        policyRefs: [{ name: 'p', kind: 'ImageValidatingPolicy' }],
        matchConditions: [{ name: 'nobody', expression: 'object.metadata.name == "nobody"' }],
      },
    },
  ],
  plimsoll: [
    {
      apiVersion: 'plimsoll.dev/v1alpha1',
      kind: 'ImagePolicy',
      metadata: { name: 'p' },
      spec: {
        mode: 'enforce',
        images: ['ghcr.io/org/**'],
        except: ['ghcr.io/org/sandbox/**'],
        namespaces: ['*'],
        exceptNamespaces: ['kube-system'],
        pin: true,
        unmatched: 'deny',
        onMissing: 'deny',
        signers: {
          key: { key: pem, log: false, annotations: { env: 'prod' }, repository: 'ghcr.io/org/signatures' },
          secret: { secret: { namespace: 'shop', name: 'keys' }, log: { key: pem } },
          person: {
            keyless: { issuer: 'https://issuer.example.com', subjectRegExp: '@x[.]org$', claims: { oidcIssuer: '*' } },
            authorities: pem,
            certificateLog: true,
            timestamp: {},
          },
        },
        require: {
          signatures: [{ by: ['key', 'secret'], atLeast: 1 }],
          attestations: [{ type: 'slsaprovenance1', by: ['person'] }],
          sbom: 'attested',
          verdict: { maxDays: 7 },
          baseImage: { maxDays: 90 },
        },
      },
    },
  ],
};
