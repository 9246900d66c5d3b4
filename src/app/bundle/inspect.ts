import { readWhole } from '../../disk/index.ts';
import {
  inTotoPayloadType,
  type LogEntry,
  parseBundle,
  type SigstoreBundle,
  statementOf,
} from '../../envelope/index.ts';
import { claimsOf, parseCertificate, subjectNames } from '../../trust/index.ts';

/** What a bundle says, for people: names and values in a tree. Nothing of it was checked. */
export interface BundleFact {
  readonly name: string;
  readonly value?: string;
  readonly facts?: readonly BundleFact[];
}

const maxBundleSize = 128 * 2 ** 20;

/** @throws ENVELOPE_*, KIT_*, TRUST_CERTIFICATE_INVALID, DISK_* */
export async function factsOf(path: string): Promise<readonly BundleFact[]> {
  const bundle = parseBundle(await readWhole(path, maxBundleSize), { allowChain: true });
  const { material, logEntries, timestamps } = bundle;
  return [
    { name: 'Bundle Version', value: bundle.version },
    {
      name: 'Verification Material',
      facts: [
        ...materialFacts(material),
        {
          name: 'Transparency Log Entries',
          value: String(logEntries.length),
          facts: logEntries.map((entry, index) => ({ name: `Entry [${index}]`, facts: entryFacts(entry) })),
        },
        { name: 'RFC3161 Timestamps', value: String(timestamps.length) },
      ],
    },
    { name: 'Content', facts: contentFacts(bundle) },
  ];
}

function materialFacts(material: SigstoreBundle['material']): BundleFact[] {
  if (material.kind === 'public-key') {
    const hint = Buffer.from(material.hint, 'base64').toString('hex');
    return [{ name: 'Content', value: 'Public Key Identifier', facts: [{ name: 'Hint', value: hint }] }];
  }
  const all = material.kind === 'chain' ? material.certificates : [material.certificate];
  return all.map((der) => ({ name: 'Content', value: 'X.509 Certificate', facts: certificateFacts(der) }));
}

function certificateFacts(der: Buffer): BundleFact[] {
  const certificate = parseCertificate(der);
  const names = subjectNames(certificate).map(({ kind, value }) => ({ name: kind, value }));
  const claims = Object.entries(claimsOf(certificate)).map(([name, value]) => ({ name, value }));
  return [
    { name: 'Not Before', value: certificate.notBefore.toISOString() },
    { name: 'Not After', value: certificate.notAfter.toISOString() },
    { name: 'Identity (Subject Alternative Name)', facts: names },
    { name: 'Claims', facts: claims },
  ];
}

function entryFacts(entry: LogEntry): BundleFact[] {
  const { integratedTime: time, promise, proof } = entry;
  return [
    { name: 'Log Index', value: String(entry.logIndex) },
    { name: 'Log ID', value: entry.logId.toString('hex') },
    { name: 'Kind', value: entry.kind },
    { name: 'Version', value: entry.version },
    { name: 'Integrated Time', value: time ? new Date(time * 1000).toISOString() : '0 (Not set)' },
    ...(promise === undefined ? [] : [{ name: 'Signed Entry Timestamp', value: `Present (${promise.length} bytes)` }]),
    ...(proof === undefined ? [] : [{ name: 'Inclusion Proof', value: `tree of ${proof.treeSize} entries` }]),
  ];
}

function contentFacts({ content }: SigstoreBundle): BundleFact[] {
  if (content.kind === 'message') {
    const { digest } = content;
    return [
      { name: 'Type', value: 'Message Signature' },
      ...(digest === undefined
        ? []
        : [{ name: 'Message Digest', value: `${digest.algorithm}:${digest.value.toString('hex')}` }]),
    ];
  }
  const { payloadType, payload } = content.envelope;
  const type = { name: 'Payload Type', value: payloadType };
  const facts = [{ name: 'Type', value: 'DSSE Envelope' }, type];
  if (payloadType !== inTotoPayloadType) return [...facts, { name: 'Payload', value: `${payload.length} bytes` }];
  const { predicateType, subjects } = statementOf(content.envelope);
  return [
    ...facts,
    { name: 'Predicate Type', value: predicateType },
    { name: 'Subjects', value: String(subjects.length) },
  ];
}
