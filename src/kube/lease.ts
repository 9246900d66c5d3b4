import { type Clock, isAppError } from '../core/index.ts';
import type { KubeClient } from './client.ts';
import type { KubeObject, KubeResource } from './resource.ts';

const leases: KubeResource = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', kind: 'Lease' };

export interface LeaseOptions {
  readonly namespace: string;
  readonly name: string;
  /** Who wants it; another for each process. */
  readonly identity: string;
  /** Seconds after which it is anybody's again when nobody renews it. */
  readonly seconds: number;
  readonly clock: Clock;
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseTransitions?: number;
  readonly leaseDurationSeconds?: number;
  readonly [member: string]: unknown;
}

/** Elects one of several processes, by a Lease of coordination.k8s.io/v1. */
export class LeaseElection {
  readonly #client: KubeClient;
  readonly #options: LeaseOptions;
  /** The Lease as it was last seen changed, and when that was by the clock of here: clocks of others are not relied upon. */
  #seen: { readonly version: string | undefined; readonly at: number } | undefined;

  constructor(client: KubeClient, options: LeaseOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Takes, renews or awaits the lease; whether it is held now. @throws NET_*, KUBE_* other than that somebody was faster */
  async hold(): Promise<boolean> {
    const { namespace, name, identity } = this.#options;
    try {
      const lease = await this.#client.get(leases, { namespace, name });
      if (lease === undefined) {
        await this.#client.create(leases, this.#toLease({ acquireTime: this.#now() }));
        return true;
      }
      const spec = (lease['spec'] ?? {}) as LeaseSpec;
      const isMine = spec.holderIdentity === identity;
      if (!(isMine || this.#isFree(lease, spec))) return false;
      const taken = { acquireTime: this.#now(), leaseTransitions: (spec.leaseTransitions ?? 0) + 1 };
      const next = this.#toLease({ ...spec, ...(isMine ? {} : taken) });
      await this.#client.replace(leases, { ...next, metadata: lease.metadata });
      return true;
    } catch (error) {
      if (isAppError(error, 'KUBE_CONFLICT')) return false;
      throw error;
    }
  }

  /** Leaves the lease to others at once, when it is held. @throws NET_*, KUBE_* */
  async release(): Promise<void> {
    const { namespace, name, identity } = this.#options;
    const lease = await this.#client.get(leases, { namespace, name });
    const spec = (lease?.['spec'] ?? {}) as LeaseSpec;
    if (lease === undefined || spec.holderIdentity !== identity) return;
    const free = this.#toLease({ ...spec });
    const left = { ...free, spec: { ...(free['spec'] as LeaseSpec), holderIdentity: '' } };
    await this.#client.replace(leases, { ...left, metadata: lease.metadata });
  }

  #isFree({ metadata }: KubeObject, { holderIdentity = '', leaseDurationSeconds }: LeaseSpec): boolean {
    if (holderIdentity === '') return true;
    const now = this.#options.clock.now().getTime();
    if (this.#seen === undefined || this.#seen.version !== metadata.resourceVersion) {
      this.#seen = { version: metadata.resourceVersion, at: now };
    }
    return now - this.#seen.at > (leaseDurationSeconds ?? this.#options.seconds) * 1000;
  }

  #toLease(spec: LeaseSpec): KubeObject {
    const { namespace, name, identity, seconds } = this.#options;
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec: { ...spec, holderIdentity: identity, leaseDurationSeconds: seconds, renewTime: this.#now() },
    };
  }

  /** A MicroTime. */
  #now(): string {
    return this.#options.clock.now().toISOString().replace('Z', '000Z');
  }
}
