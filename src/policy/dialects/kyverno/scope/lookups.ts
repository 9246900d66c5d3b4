import { type Digest, formatImageReference, isAppError, parseImageReference } from '../../../../core/index.ts';
import { policyError } from '../../../errors.ts';
import { nameByDigest, tagOf } from '../../../images/name.ts';
import type { Asks } from '../../../judge/asks.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { kindOf } from '../../../model/resources.ts';
import { Unresolved } from '../values/unresolved.ts';

/** What is said of a look-up that nobody answers here. */
export function lookupRefused(call: string, reason: string): Unresolved {
  const { code, message } = policyError('POLICY_CALL_REFUSED', { data: { call, reason } });
  return new Unresolved(`${code}: ${message}`);
}

/** The object that a path of the Kubernetes API names; undefined while it must be asked for. @throws Unresolved, also for a list of objects */
export function objectAt(path: string, asks: Asks): JsonObject | undefined {
  const [, core, group, version = '', namespace, resource = '', name = ''] =
    /^\/(?:api\/(v\w+)|apis\/([\w.-]+)\/(v\w+))(?:\/namespaces\/([\w.-]+)(?=\/[\w.-]+\/))?\/([\w.-]+)\/([\w.-]+)\/?$/.exec(
      path,
    ) ?? [];
  const objectKind = kindOf(resource);
  if (objectKind === undefined)
    throw lookupRefused(`apiCall ${path}`, 'only objects of known kinds that are named are looked up');
  const fact = asks.ask({
    kind: 'object',
    apiVersion: core ?? `${group}/${version}`,
    objectKind,
    name,
    ...(namespace !== undefined && { namespace }),
  });
  if (fact === undefined) return undefined;
  if (fact.kind === 'unknown') throw new Unresolved(`${path}: ${fact.reason.message}`);
  if (fact.object === undefined) throw new Unresolved(`${path}: there is no such object`);
  return fact.object;
}

/** What Kyverno's `imageRegistry` tells of an image; undefined while something must be asked for. @throws Unresolved */
export function imageData(text: string, asks: Asks): Json | undefined {
  const reference = parse(text);
  const tagged = formatImageReference({ tag: 'latest', ...reference });
  const digest: Digest | undefined = reference.digest ?? digestOf(tagged, asks);
  if (digest === undefined) return undefined;
  const { registry, repository } = reference;
  const fact = asks.ask({ kind: 'content', image: nameByDigest(reference, digest) });
  if (fact === undefined) return undefined;
  if (fact.kind === 'unknown') throw new Unresolved(`${text}: ${fact.reason.message}`);
  const { manifest, config, index } = fact.content;
  return {
    image: text,
    resolvedImage: `${registry}/${repository}@${digest}`,
    registry,
    repository,
    identifier: reference.digest ?? tagOf(reference),
    manifest,
    configData: config,
    ...(index !== undefined && { imageIndex: index }),
  };
}

function digestOf(image: string, asks: Asks): Digest | undefined {
  const fact = asks.ask({ kind: 'digest', image });
  if (fact?.kind === 'unknown') throw new Unresolved(`${image}: ${fact.reason.message}`);
  return fact?.digest;
}

function parse(text: string): ReturnType<typeof parseImageReference> {
  try {
    return parseImageReference(text);
  } catch (error) {
    if (isAppError(error)) throw new Unresolved(`"${text}" is no name of an image`);
    throw error;
  }
}
