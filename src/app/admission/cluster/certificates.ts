import { randomUUID } from 'node:crypto';
import { bundleOf, rotate, type ServingState } from '../../../admission/index.ts';
import { type Clock, codeOf, describeError, type Logger } from '../../../core/index.ts';
import type { KubeClient } from '../../../kube/index.ts';
import type { OwnCertificates } from '../input.ts';
import { CertificateSecret } from './certificate-secret.ts';
import { WebhookTrust } from './webhook-trust.ts';

export interface KeeperContext {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds between looks. */
  readonly interval: number;
}

/** Whatever holds a lease. */
interface Election {
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

/** Milliseconds that API servers are given to notice which authorities they are to trust. */
const settling = 60_000;
const shortestLease = 15;

/**
 * Keeps certificates in a Secret that all replicas share. Whoever holds the lease replaces them in time and tells the webhook
 * configurations whom to trust; the others take what they find.
 */
export class CertificateKeeper {
  readonly #context: KeeperContext;
  readonly #names: readonly string[];
  readonly #secret: CertificateSecret;
  readonly #trust: WebhookTrust;
  readonly #election: Election;
  #state: ServingState;
  #told = '';

  private constructor(context: KeeperContext, own: OwnCertificates, election: Election, first: ServingState) {
    this.#context = context;
    this.#names = namesOf(own, context.client);
    this.#secret = new CertificateSecret(context.client, own.secret);
    this.#trust = new WebhookTrust(context.client, own.webhooks);
    this.#election = election;
    this.#state = first;
  }

  /** With the certificates that are there, or the first ones. @throws KUBE_*, NET_* */
  static async open(own: OwnCertificates, context: KeeperContext): Promise<CertificateKeeper> {
    const { client, clock, interval } = context;
    const { LeaseElection } = await import('../../../kube/index.ts');
    const seconds = Math.max(shortestLease, Math.ceil((interval * 3) / 1000));
    const identity = `plimsoll-${randomUUID()}`;
    const place = { namespace: client.namespace, name: own.secret, identity, seconds, clock };
    const names = namesOf(own, client);
    const make = () => rotate(undefined, { now: clock.now(), names, isTrusted: () => false });
    const first = await new CertificateSecret(client, own.secret).readOr(make);
    const keeper = new CertificateKeeper(context, own, new LeaseElection(client, place), first);
    await keeper.look();
    return keeper;
  }

  /** What is served with, in PEM. */
  current(): { readonly cert: string; readonly key: string } {
    const { certificate, key } = this.#state.serving;
    return { cert: certificate, key };
  }

  /** Looks whether anything is due; what goes wrong is told, and everything stays as it was. */
  async look(): Promise<void> {
    const { log } = this.#context;
    try {
      await this.#turn();
      this.#told = '';
    } catch (error) {
      const reason = describeError(error);
      if (reason !== this.#told) {
        const fields = { code: codeOf(error), reason };
        log.warn('Certificates in the cluster cannot be looked after; they stay as they are', fields);
      }
      this.#told = reason;
    }
  }

  /** @throws KUBE_*, NET_* */
  async stop(): Promise<void> {
    await this.#election.release();
  }

  async #turn(): Promise<void> {
    const { clock, log } = this.#context;
    const isLeader = await this.#election.hold();
    const stored = (await this.#secret.read()) ?? this.#state;
    this.#state = stored;
    if (!isLeader) return;
    const now = clock.now();
    const isTrusted = (authority: string): boolean => this.#trust.holds(authority, now.getTime() - settling);
    const next = rotate(stored, { now, names: this.#names, isTrusted });
    await this.#secret.write(next);
    if (next.serving !== stored.serving) log.info('The certificate of the server was replaced');
    if (next.authority !== stored.authority) log.info('The authority of the server was replaced');
    this.#state = next;
    await this.#trust.publish(bundleOf(next), now.getTime());
  }
}

/** As a Service of the usual name is asked, unless names are given. */
function namesOf({ names }: OwnCertificates, { namespace }: KubeClient): readonly string[] {
  const service = `plimsoll.${namespace}.svc`;
  return names.length > 0 ? names : [service, `${service}.cluster.local`];
}
