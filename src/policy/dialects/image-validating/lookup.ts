import { type Digest, formatImageReference } from '../../../core/index.ts';
import { factMissing } from '../../errors.ts';
import type { ImageSite } from '../../images/extract.ts';
import { makeImage, nameByDigest, type PolicyImage, tagOf } from '../../images/name.ts';
import type { Asks } from '../../judge/asks.ts';
import type { Pin } from '../../model/policy.ts';
import { kindOf } from '../../model/resources.ts';
import { CelFailure, callRefused } from './cel/failure.ts';
import { registryName } from './cel/functions/image-functions.ts';

/** Looks up images and objects; what must be asked for first has no value. */
export class Lookup {
  readonly #asks: Asks;
  readonly #namespace: string | undefined;
  readonly #found = new Map<string, Pin>();

  constructor(asks: Asks, namespace: string | undefined) {
    this.#asks = asks;
    this.#namespace = namespace;
  }

  /** An image with its digest; undefined while that must be asked for. @throws CORE_REFERENCE_INVALID, CelFailure */
  find(text: string, sites: readonly ImageSite[] = []): Pin | undefined {
    const known = this.#found.get(text);
    if (known !== undefined) return known;
    const image = makeImage(
      text,
      sites.filter((site) => site.text === text).map(({ pointer }) => pointer),
    );
    const digest = image.reference.digest ?? this.#ask(image);
    if (digest === undefined) return undefined;
    const pin = { image, digest };
    this.#found.set(text, pin);
    return pin;
  }

  #ask({ text, reference }: PolicyImage): Digest | undefined {
    const fact = this.#asks.ask({ kind: 'digest', image: formatImageReference({ tag: 'latest', ...reference }) });
    if (fact?.kind === 'unknown') throw new CelFailure(`${text}: ${fact.reason.message}`);
    return fact?.digest;
  }

  digestOf(text: string): Digest | undefined {
    return this.#found.get(text)?.digest;
  }

  pointersOf(text: string): readonly string[] {
    return this.#found.get(text)?.image.pointers ?? [];
  }

  /** What `getImageData` tells. @throws CelFailure */
  content(text: string): unknown {
    const pin = this.find(text);
    if (pin === undefined) return {};
    const { registry, repository } = pin.image.reference;
    const fact = this.#asks.ask({ kind: 'content', image: nameByDigest(pin.image.reference, pin.digest) });
    if (fact === undefined) return {};
    if (fact.kind === 'unknown') throw new CelFailure(`${text}: ${fact.reason.message}`);
    const { manifest, config, index } = fact.content;
    const tag = tagOf(pin.image.reference);
    const host = registryName(registry);
    return {
      image: text,
      resolvedImage: `${host}/${repository}${tag === undefined ? '' : `:${tag}`}@${pin.digest}`,
      registry: host,
      repository,
      ...(tag !== undefined && { tag }),
      digest: pin.digest,
      identifier: pin.image.reference.digest ?? tag,
      manifest,
      config,
      ...(index !== undefined && { imageIndex: index }),
    };
  }

  /** An object of the cluster; a policy for one namespace sees that alone. @throws POLICY_FACT_MISSING, CelFailure */
  object(apiVersion: string, resource: string, namespace: string, name: string): unknown {
    const objectKind = kindOf(resource);
    const refuse = (reason: string): Error => callRefused('resource.Get', reason);
    if (objectKind === undefined) throw refuse(`the kind of ${resource} is not known`);
    if (this.#namespace !== undefined && namespace !== this.#namespace) throw refuse('it is of another namespace');
    const place = namespace === '' ? {} : { namespace };
    const fact = this.#asks.ask({ kind: 'object', apiVersion, objectKind, name, ...place });
    if (fact === undefined) return {};
    if (fact.kind === 'unknown') throw new CelFailure(fact.reason.message);
    if (fact.object === undefined) throw factMissing([objectKind, namespace, name].filter(Boolean).join(' '));
    return fact.object;
  }
}
