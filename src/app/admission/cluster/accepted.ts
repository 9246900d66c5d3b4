import type { Meter } from '../../../admission/index.ts';
import { describeError, type Logger } from '../../../core/index.ts';
import type { KubeObject } from '../../../kube/index.ts';
import { type Policy, type PolicyText, parsePolicies } from '../../../policy/index.ts';
import { dialects } from '../../../policy/registry.ts';
import { blockingPolicy } from './blocking.ts';

/** What is judged by of the policies of a cluster. */
export interface ClusterPolicies {
  readonly texts: readonly PolicyText[];
  /** In place of those that cannot be used and were never used before. */
  readonly blocking: readonly Policy[];
  /** Names of those among them that hold for the whole cluster and could not be used from the start. */
  readonly neverUsable: readonly string[];
  /** In words, what cannot be used. */
  readonly troubles: readonly string[];
}

interface Candidate {
  readonly key: string;
  readonly text: PolicyText;
  readonly object: KubeObject;
}

/**
 * Takes policies of a cluster one by one, so that one that cannot be used spoils no other: what it was before stays, and one that was
 * nothing before denies whatever it could be about, now as after the next start.
 */
export class AcceptedPolicies {
  readonly #log: Logger;
  readonly #meter: Pick<Meter, 'reload'>;
  readonly #compat: readonly string[];
  #accepted: ReadonlyMap<string, string> = new Map();
  #refused: ReadonlyMap<string, string> = new Map();
  /** Those that could not be used when it all began, and were not mended since. */
  #neverUsable: ReadonlySet<string> | undefined;

  constructor(log: Logger, meter: Pick<Meter, 'reload'>, compat: readonly string[] = []) {
    this.#log = log;
    this.#meter = meter;
    this.#compat = compat;
  }

  async take(policies: readonly KubeObject[], support: readonly KubeObject[]): Promise<ClusterPolicies> {
    const troubles = new Map<string, string>();
    const [leaned, own] = [support.map(toCandidate), policies.map(toCandidate)];
    const accepted = new Map<string, string>();
    const check = async (candidate: Candidate, others: readonly PolicyText[]): Promise<void> => {
      const { key, text } = candidate;
      const before = this.#accepted.get(key);
      const problem = text.text === before ? undefined : await problemOf([text, ...others], this.#compat);
      if (problem === undefined) accepted.set(key, text.text);
      else if (before !== undefined) accepted.set(key, before);
      if (problem !== undefined) troubles.set(key, problem);
    };
    for (const candidate of leaned) await check(candidate, []);
    const usable = textsOf(leaned, accepted);
    for (const candidate of own) await check(candidate, usable);
    const blocked = own.filter(({ key }) => !accepted.has(key));
    this.#tell(troubles, blocked);
    const never = blocked.filter(({ key }) => this.#neverUsable?.has(key) ?? true);
    this.#accepted = accepted;
    this.#refused = troubles;
    this.#neverUsable = new Set(never.map(({ key }) => key));
    return {
      texts: [...textsOf(own, accepted), ...usable],
      blocking: blocked.map(({ object, key }) => blockingPolicy(object, `${key}: ${troubles.get(key) ?? ''}`)),
      neverUsable: never.flatMap(({ object: { metadata } }) =>
        metadata.namespace === undefined ? [metadata.name] : [],
      ),
      troubles: [...troubles].map(([key, problem]) => `${key}: ${problem}`),
    };
  }

  #tell(troubles: ReadonlyMap<string, string>, blocked: readonly Candidate[]): void {
    const blocking = new Set(blocked.map(({ key }) => key));
    for (const [policy, reason] of troubles) {
      if (this.#refused.get(policy) === reason) continue;
      this.#meter.reload('cluster-policies', false);
      const instead = blocking.has(policy) ? 'it denies what it could be about' : 'what it was before stays';
      this.#log.warn(`A policy of the cluster cannot be used; ${instead}`, { policy, reason });
    }
  }
}

/** Only what somebody wrote: what servers add changes all the time. */
function toCandidate(object: KubeObject): Candidate {
  const { apiVersion, kind, metadata, spec } = object;
  const { name, namespace, labels, annotations } = metadata;
  const key = [kind, namespace, name].filter(Boolean).join(' ');
  const written = { apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec };
  return { key, object, text: { path: key, text: JSON.stringify(written) } };
}

function textsOf(candidates: readonly Candidate[], accepted: ReadonlyMap<string, string>): PolicyText[] {
  return candidates.flatMap(({ key, text: { path } }) => {
    const text = accepted.get(key);
    return text === undefined ? [] : [{ path, text }];
  });
}

async function problemOf(texts: readonly PolicyText[], compat: readonly string[]): Promise<string | undefined> {
  try {
    await parsePolicies(texts, dialects.all, compat);
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}
