import { Fields } from '../../model/fields.ts';
import { type JsonObject, textAt } from '../../model/json.ts';

/** Keys and certificates of a TrustRoot, as PEM. */
export interface GivenRoot {
  readonly authorities?: string;
  readonly logKey?: string;
  readonly certificateLogKey?: string;
  readonly timestampChain?: string;
}

/** TrustRoots by name; undefined for one that would have to be fetched. */
export type GivenRoots = ReadonlyMap<string, GivenRoot | undefined>;

/** Of the forms of a TrustRoot only `sigstoreKeys` holds the keys themselves. @throws POLICY_INVALID */
export function readTrustRoot(document: JsonObject): [string, GivenRoot | undefined] {
  const name = textAt(document, 'metadata', 'name') ?? 'a TrustRoot without a name';
  const keys = new Fields(document, name).fields('spec')?.fields('sigstoreKeys');
  if (keys === undefined) return [name, undefined];
  const [authorities, logKey, certificateLogKey, timestampChain] = [
    pemOf(keys.items('certificateAuthorities'), 'certChain'),
    pemOf(keys.items('tLogs'), 'publicKey'),
    pemOf(keys.items('ctLogs'), 'publicKey'),
    pemOf(keys.items('timestampAuthorities'), 'certChain'),
  ];
  return [
    name,
    {
      ...(authorities !== '' && { authorities }),
      ...(logKey !== '' && { logKey }),
      ...(certificateLogKey !== '' && { certificateLogKey }),
      ...(timestampChain !== '' && { timestampChain }),
    },
  ];
}

/** PEM texts, each in base64 as Kubernetes has bytes. */
function pemOf(items: readonly Fields[], name: string): string {
  return items.map((item) => `${Buffer.from(item.required(name), 'base64').toString('utf8').trim()}\n`).join('');
}
