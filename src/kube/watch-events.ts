import { parseObject, toError } from './answer.ts';
import { kubeError } from './errors.ts';
import { isKubeObject } from './items.ts';
import type { KubeObject } from './resource.ts';

/** Something that happened to an object, or how far the server has come. */
export type WatchEvent =
  | { readonly type: 'changed' | 'deleted'; readonly object: KubeObject; readonly resourceVersion: string }
  | { readonly type: 'bookmark'; readonly resourceVersion: string };

/** An object in etcd has 1.5 MiB at most; JSON may have more. */
const maxLine = 16 * 2 ** 20;

/** The events of a watch, one to a line. @throws NET_*, KUBE_EXPIRED, KUBE_REFUSED, KUBE_FAILED, KUBE_ANSWER_INVALID */
export async function* readEvents(body: AsyncIterable<Uint8Array>, action: string): AsyncGenerator<WatchEvent> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    let part = Buffer.from(Uint8Array.from(chunk));
    for (let end = part.indexOf(0x0a); end !== -1; end = part.indexOf(0x0a)) {
      const line = Buffer.concat([...rest, part.subarray(0, end)]).toString('utf8');
      rest = [];
      length = 0;
      part = part.subarray(end + 1);
      if (line.trim() !== '') yield toEvent(line, action);
    }
    rest.push(part);
    length += part.length;
    if (length > maxLine) {
      throw kubeError('KUBE_ANSWER_INVALID', { data: { action, reason: `a line has more than ${maxLine} bytes` } });
    }
  }
}

function toEvent(line: string, action: string): WatchEvent {
  const event = parseObject(line, action) as { readonly type?: unknown; readonly object?: unknown };
  const { type, object } = event;
  if (type === 'ERROR') {
    const { code } = object as { code?: unknown };
    throw toError(typeof code === 'number' ? code : 500, JSON.stringify(object), action);
  }
  const resourceVersion = versionOf(object);
  if (type === 'BOOKMARK' && resourceVersion !== undefined) return { type: 'bookmark', resourceVersion };
  if (!isKubeObject(object) || resourceVersion === undefined) throw strange(action);
  if (type === 'DELETED') return { type: 'deleted', object, resourceVersion };
  if (type === 'ADDED' || type === 'MODIFIED') return { type: 'changed', object, resourceVersion };
  throw strange(action);
}

function strange(action: string): Error {
  return kubeError('KUBE_ANSWER_INVALID', { data: { action, reason: 'an event is none that is known' } });
}

function versionOf(object: unknown): string | undefined {
  const { metadata } = (object ?? {}) as { metadata?: { resourceVersion?: unknown } };
  return typeof metadata?.resourceVersion === 'string' ? metadata.resourceVersion : undefined;
}
