import { createHash } from 'node:crypto';
import type { JudgedObject, ReportSink } from '../../../admission/index.ts';
import type { KubeClient, KubeObject, KubeResource } from '../../../kube/index.ts';
import { countOutcomes, type Decision, type ObjectName, toReportResult } from '../../../policy/index.ts';
import { reportResources, workloadResources } from './data.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';

/** Milliseconds: what was let in a moment ago is about to be there. */
const delay = 2000;
const maxResults = 500;
const maxMessage = 1024;

/** Writes a report for each object (openreports.io, or wgpolicyk8s.io), as far as the cluster knows such a kind. Neither waits nor fails. */
export class ReportWriter implements ReportSink {
  readonly #client: KubeClient;
  readonly #outbox: Outbox<JudgedObject>;
  #kinds: readonly [KubeResource, KubeResource] | undefined;

  constructor(client: KubeClient, options: Pick<OutboxOptions<JudgedObject>, 'log' | 'meter' | 'signal' | 'sleep'>) {
    this.#client = client;
    this.#outbox = new Outbox({ ...options, what: 'reports', delay, send: (judged) => this.#write(judged) });
  }

  readonly report = (judged: JudgedObject): void => {
    // What has yet to be named is reported once it is looked at again.
    if (judged.results.length === 0 || /-$/.test(judged.object.name)) return;
    this.#outbox.put(nameOfReport(judged.object), judged);
  };

  async #write(judged: JudgedObject): Promise<void> {
    this.#kinds ??= await this.#find();
    const [namespaced, other] = this.#kinds ?? [];
    const resource = judged.object.namespace === '' ? other : namespaced;
    if (resource === undefined) return;
    const uid = judged.uid ?? (await this.#uidOf(judged.object));
    // It was let in and is not there, and nothing would ever take its report away.
    if (uid === undefined) return;
    const report = toReport({ ...judged, uid }, resource);
    const { name, namespace } = report.metadata;
    const before = await this.#client.get(resource, { name, ...(namespace !== undefined && { namespace }) });
    if (before === undefined) await this.#client.create(resource, report);
    else await this.#client.replace(resource, { ...report, metadata: { ...before.metadata, ...report.metadata } });
  }

  async #uidOf({ group, kind, namespace, name }: ObjectName): Promise<string | undefined> {
    const resource = workloadResources.find((one) => one.group === group && one.kind === kind);
    if (resource === undefined) return undefined;
    const found = await this.#client.get(resource, { name, ...(namespace !== '' && { namespace }) });
    return found?.metadata.uid;
  }

  async #find(): Promise<readonly [KubeResource, KubeResource] | undefined> {
    for (const kinds of reportResources) if (await this.#client.knows(kinds[0])) return kinds;
    return undefined;
  }
}

function toReport(
  { object, uid, results, at }: JudgedObject & { readonly uid: string },
  { group, version, kind }: KubeResource,
): KubeObject {
  const { namespace } = object;
  const told = results.slice(0, maxResults).map((result) => {
    const { resources: _, ...rest } = toReportResult(object, result, at) as { resources?: unknown };
    return { ...rest, message: result.message.slice(0, maxMessage) };
  });
  const apiVersion = object.group === '' ? object.version : `${object.group}/${object.version}`;
  const scope = { apiVersion, kind: object.kind, name: object.name, uid };
  return {
    apiVersion: `${group}/${version}`,
    kind,
    metadata: {
      name: nameOfReport(object),
      labels: { 'app.kubernetes.io/managed-by': 'plimsoll' },
      ...(namespace !== '' && { namespace }),
      // So that the report goes with its object.
      ownerReferences: [scope],
    },
    ...(group === 'openreports.io' && { source: 'plimsoll' }),
    scope: { ...scope, ...(namespace !== '' && { namespace }) },
    results: told,
    summary: countOutcomes({ decisions: [{ results }] as unknown as readonly Decision[] }),
  };
}

function nameOfReport({ group, kind, namespace, name }: ObjectName): string {
  const hash = createHash('sha256').update([group, kind, namespace, name].join('\0')).digest('hex');
  return `plimsoll-${kind.toLowerCase()}-${hash.slice(0, 16)}`;
}
