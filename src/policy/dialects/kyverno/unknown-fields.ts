import type { Fields } from '../../model/fields.ts';
import type { PolicyNote } from '../../model/policy.ts';

/** The fields of each part of an entry, by Kyverno's CRD, and which parts are within. */
interface Part {
  readonly fields: readonly string[];
  /** Parts in a field, or in the items of its list. */
  readonly parts?: Readonly<Record<string, () => Part>>;
}

const rekor: Part = { fields: ['url', 'pubkey', 'ignoreTlog'] };
const ctlog: Part = { fields: ['ignoreSCT', 'pubkey', 'tsaCertChain'] };
const logs = { rekor: () => rekor, ctlog: () => ctlog };

const attestor: Part = {
  fields: ['keys', 'certificates', 'keyless', 'attestor', 'annotations', 'repository', 'signatureAlgorithm'],
  parts: {
    keys: () => ({ fields: ['publicKeys', 'secret', 'kms', 'signatureAlgorithm', 'rekor', 'ctlog'], parts: logs }),
    certificates: () => ({ fields: ['cert', 'certChain', 'rekor', 'ctlog'], parts: logs }),
    keyless: () => ({
      fields: [
        ...['issuer', 'issuerRegExp', 'subject', 'subjectRegExp', 'roots', 'additionalExtensions'],
        ...['rekor', 'ctlog'],
      ],
      parts: logs,
    }),
    attestor: () => attestorSet,
  },
};

const attestorSet: Part = { fields: ['count', 'entries'], parts: { entries: () => attestor } };

const attestation: Part = {
  fields: ['name', 'type', 'predicateType', 'attestors', 'conditions'],
  parts: { attestors: () => attestorSet },
};

const imageEntry: Part = {
  fields: [
    ...['type', 'image', 'imageReferences', 'skipImageReferences', 'key', 'roots', 'subject', 'issuer'],
    ...['additionalExtensions', 'attestors', 'attestations', 'annotations', 'repository', 'cosignOCI11'],
    ...['mutateDigest', 'verifyDigest', 'validate', 'required', 'imageRegistryCredentials', 'useCache'],
    'failureAction',
  ],
  parts: { attestors: () => attestorSet, attestations: () => attestation },
};

const rule: Part = {
  fields: [
    ...[
      'name',
      'context',
      'reportProperties',
      'match',
      'exclude',
      'imageExtractors',
      'preconditions',
      'celPreconditions',
    ],
    ...['mutate', 'validate', 'generate', 'verifyImages', 'skipBackgroundRequests'],
  ],
  parts: { verifyImages: () => imageEntry },
};

/** Fields of a rule that Kyverno does not have: its API server drops them, so that what they were to say is not said. */
export function unknownFields(fields: Fields): PolicyNote[] {
  return unknownIn(fields, rule);
}

function unknownIn(fields: Fields, { fields: known, parts = {} }: Part): PolicyNote[] {
  const message = 'is no field of Kyverno, which drops it';
  const others = fields.others(...known);
  const own = others.map((name): PolicyNote => ({ level: 'warning', at: fields.at(name), message }));
  const within = Object.entries(parts).flatMap(([name, part]) => {
    const raw = fields.raw(name);
    const inner = Array.isArray(raw) ? fields.items(name) : fields.fields(name);
    return [inner ?? []].flat().flatMap((item) => unknownIn(item, part()));
  });
  return [...own, ...within];
}
