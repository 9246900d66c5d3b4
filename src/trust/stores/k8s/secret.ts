import { decodeBase64 } from '../../../kit/proto-json.ts';
import type { KubeClient, KubeObject, KubeResource } from '../../../kube/index.ts';
import { trustError } from '../../errors.ts';
import type { FindStored, StoreAccess, StoredPair } from '../store.ts';

const secrets: KubeResource = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret' };
/** Names of DNS (RFC 1123). */
const names = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/;
const entries = { privateKey: 'cosign.key', publicKey: 'cosign.pub', password: 'cosign.password' } as const;

interface Place {
  readonly namespace: string;
  readonly name: string;
  /** The reference. */
  readonly text: string;
  readonly access: StoreAccess;
}

/** A secret, `NAMESPACE/NAME`, as cosign has it: immutable, with both halves and the password. */
export const findSecret: FindStored = async (reference, access) => {
  const [, namespace, name] = names.exec(reference.name) ?? [];
  if (namespace === undefined || name === undefined) {
    throw trustError('TRUST_STORE_REFERENCE', { data: { reference: reference.text } });
  }
  const place: Place = { namespace, name, text: reference.text, access };
  return {
    async write(pair) {
      await keep(place, pair);
      return [`Successfully created secret ${name} in namespace ${namespace}`];
    },
    async readPrivate() {
      const secret = await read(place);
      return {
        privateKey: entryOf(secret, entries.privateKey, place).toString('utf8'),
        password: entryOf(secret, entries.password, place),
      };
    },
    readPublic: async () => entryOf(await read(place), entries.publicKey, place).toString('utf8'),
  };
};

/** A secret that is there keeps what else is in it; one that has a key already is left alone. */
async function keep({ namespace, name, text, access }: Place, pair: StoredPair): Promise<void> {
  const client = await open(access);
  const there = await client.get(secrets, { namespace, name });
  const before = dataOf(there);
  if (entries.privateKey in before) throw trustError('TRUST_STORE_TAKEN', { data: { reference: text } });
  const added = Object.entries(entries).map(([part, entry]) => {
    return [entry, Buffer.from(pair[part as keyof StoredPair]).toString('base64')] as const;
  });
  const secret: KubeObject = {
    apiVersion: 'v1',
    kind: secrets.kind,
    ...there,
    metadata: there?.metadata ?? { name, namespace },
    data: { ...before, ...Object.fromEntries(added) },
    immutable: true,
  };
  await (there === undefined ? client.create(secrets, secret) : client.replace(secrets, secret));
}

async function open({ cluster }: StoreAccess): Promise<KubeClient> {
  if (cluster !== undefined) return cluster();
  throw trustError('TRUST_STORE_SETTING', { data: { variable: 'KUBECONFIG', problem: 'is not looked at here' } });
}

async function read({ namespace, name, text, access }: Place): Promise<KubeObject> {
  const secret = await (await open(access)).get(secrets, { namespace, name });
  if (secret !== undefined) return secret;
  throw trustError('TRUST_STORE_REFUSED', { data: { service: 'Kubernetes', detail: `there is no secret ${text}` } });
}

function entryOf(secret: KubeObject, entry: string, { text }: Place): Buffer {
  const value = dataOf(secret)[entry];
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
  if (bytes !== undefined) return bytes;
  throw trustError('TRUST_STORE_INVALID', { data: { service: 'Kubernetes', reason: `${text} has no ${entry}` } });
}

function dataOf(secret: KubeObject | undefined): Readonly<Record<string, unknown>> {
  const data = secret?.['data'];
  return typeof data === 'object' && data !== null ? { ...data } : {};
}
