import type { HttpResponse } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import type { Place } from './place.ts';

/**
 * Where the next page of a list lies (RFC 8288, `rel="next"`); undefined on the last one. It must lie on the same
 * registry and must not be the page itself. @throws OCI_RESPONSE_INVALID
 */
export function nextPage({ headers }: HttpResponse, current: URL, place: Place): URL | undefined {
  const target = targetOf(headers['link'] ?? '');
  if (target === undefined) return undefined;
  const refuse = (reason: string): Error => ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason } });
  if (!URL.canParse(target, current.href)) throw refuse('the next page of a list has no valid address');
  const next = new URL(target, current.href);
  if (next.origin !== current.origin) throw refuse('the next page of a list would lie on another host');
  if (next.href === current.href) throw refuse('a page of a list names itself as the next one');
  return next;
}

function targetOf(link: string): string | undefined {
  for (const part of link.slice(0, 8192).split(/,\s*(?=<)/)) {
    const [, target, parameters = ''] = /^\s*<([^>]*)>([^<]*)$/.exec(part) ?? [];
    if (target !== undefined && /;\s*rel="?next"?/i.test(parameters)) return target;
  }
  return undefined;
}
