import { X509Certificate } from 'node:crypto';
import { bundleOf, type ServingState } from '../../../admission/index.ts';
import { isAppError } from '../../../core/index.ts';
import type { KubeClient, KubeObject } from '../../../kube/index.ts';
import { secretResource } from './data.ts';

type Entries = Readonly<Record<string, string>>;

/** The Secret that certificates are kept in. */
export class CertificateSecret {
  readonly #client: KubeClient;
  readonly #name: string;
  #object: KubeObject | undefined;

  constructor(client: KubeClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Undefined when there is none, or nothing in it that could be used. @throws KUBE_*, NET_* */
  async read(): Promise<ServingState | undefined> {
    this.#object = await this.#client.get(secretResource, this.#place());
    return toState(entriesOf(this.#object));
  }

  /** What is there, or what is made now; the first of several who make it counts. @throws KUBE_*, NET_* */
  async readOr(make: () => ServingState): Promise<ServingState> {
    const found = await this.read();
    if (found !== undefined) return found;
    const made = make();
    try {
      await this.write(made);
      return made;
    } catch (error) {
      if (!isAppError(error, 'KUBE_CONFLICT')) throw error;
      return (await this.read()) ?? made;
    }
  }

  /** Replaces what was read last, when it differs. @throws KUBE_CONFLICT when somebody else was faster, KUBE_*, NET_* */
  async write(state: ServingState): Promise<void> {
    const data = Object.fromEntries(
      Object.entries(toEntries(state)).map(([name, text]) => [name, Buffer.from(text).toString('base64')]),
    );
    if (this.#object !== undefined && isSame(this.#object['data'], data)) return;
    const metadata = this.#object?.metadata ?? this.#place();
    const object = { apiVersion: 'v1', kind: 'Secret', ...this.#object, metadata, data };
    this.#object =
      this.#object === undefined
        ? await this.#client.create(secretResource, object)
        : await this.#client.replace(secretResource, object);
  }

  #place(): { readonly namespace: string; readonly name: string } {
    return { namespace: this.#client.namespace, name: this.#name };
  }
}

function toEntries(state: ServingState): Entries {
  const { authority, serving, next, former } = state;
  return {
    // Under the names that other tools look for.
    'ca.crt': bundleOf(state),
    'tls.crt': serving.certificate,
    'tls.key': serving.key,
    'authority.crt': authority.certificate,
    'authority.key': authority.key,
    'former.crt': former.join(''),
    ...(next !== undefined && { 'next.crt': next.certificate, 'next.key': next.key }),
  };
}

function toState(entries: Entries): ServingState | undefined {
  const pair = (name: string) => ({ certificate: entries[`${name}.crt`] ?? '', key: entries[`${name}.key`] ?? '' });
  const [authority, serving, next] = [pair('authority'), pair('tls'), pair('next')];
  if (![authority, serving].every(({ certificate, key }) => isCertificate(certificate) && key !== '')) return undefined;
  const former = (entries['former.crt'] ?? '').split(/(?<=END CERTIFICATE-----\n)/).filter(isCertificate);
  return { authority, serving, former, ...(isCertificate(next.certificate) && { next }) };
}

function entriesOf(object: KubeObject | undefined): Entries {
  const data = (object?.['data'] ?? {}) as Readonly<Record<string, unknown>>;
  const texts = Object.entries(data).map(([name, value]) => [
    name,
    Buffer.from(String(value), 'base64').toString('utf8'),
  ]);
  return Object.fromEntries(texts);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== '';
  } catch {
    return false;
  }
}

function isSame(before: unknown, after: Entries): boolean {
  const entries = Object.entries((before ?? {}) as Entries);
  return entries.length === Object.keys(after).length && entries.every(([name, value]) => after[name] === value);
}
