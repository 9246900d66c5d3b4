import { randomBytes } from 'node:crypto';
import type { AdmissionEvent, EventSink } from '../../../admission/index.ts';
import { lastUsed } from '../../../kit/lru.ts';
import type { KubeClient, KubeObject } from '../../../kube/index.ts';
import { eventResource } from './data.ts';
import { Outbox, type OutboxOptions } from './outbox.ts';

/** Milliseconds in which the same is told once. */
const quiet = 600_000;
const bounds = { remembered: 2000, note: 1024 };

/** Writes events of the cluster (events.k8s.io/v1), the same of an object once in ten minutes. Neither waits nor fails. */
export class EventWriter implements EventSink {
  readonly #outbox: Outbox<KubeObject>;
  readonly #instance: string;
  readonly #last = lastUsed(bounds.remembered, (_key: string) => ({ at: Number.NEGATIVE_INFINITY }));

  constructor(
    client: KubeClient,
    options: Pick<OutboxOptions<KubeObject>, 'log' | 'meter' | 'signal' | 'sleep'>,
    instance: string,
  ) {
    this.#instance = instance;
    const send = async (event: KubeObject): Promise<void> => void (await client.create(eventResource, event));
    this.#outbox = new Outbox({ ...options, what: 'events', send });
  }

  readonly event = (told: AdmissionEvent): void => {
    const { object, reason, message, at } = told;
    const key = [object.kind, object.namespace, object.name, reason, message].join('\0');
    const last = this.#last(key);
    if (at.getTime() - last.at < quiet) return;
    last.at = at.getTime();
    this.#outbox.put(key, this.#toObject(told));
  };

  #toObject({ at, object, type, reason, message }: AdmissionEvent): KubeObject {
    const { group, version, kind, name } = object;
    const namespace = object.namespace || 'default';
    const suffix = randomBytes(8).toString('hex');
    return {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      // Objects that have yet to be named are known by the start of their name, which ends in a dash.
      metadata: { name: `${name.replace(/[^a-z0-9]+$/, '').slice(0, 200) || 'unnamed'}.${suffix}`, namespace },
      eventTime: at.toISOString().replace('Z', '000Z'),
      reportingController: 'plimsoll/admission',
      reportingInstance: this.#instance,
      action: 'Admit',
      reason,
      type,
      note: message.slice(0, bounds.note),
      regarding: { apiVersion: group === '' ? version : `${group}/${version}`, kind, namespace, name },
    };
  }
}
