import type { Digest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { refuse } from './errors.ts';

type Headers = ServedRequest['headers'];

/** The entity tag of content (RFC 9110 8.8.3): its digest. */
export function entityTag(digest: Digest): string {
  return `"${digest}"`;
}

/** Whether a client that reads has the content already (RFC 9110 13.1.2). */
export function isKnown(headers: Headers, digest: Digest): boolean {
  return lists(headers['if-none-match'], digest);
}

/** The answer when what a client wants to change is not what it believes it to be (RFC 9110 13.1.1, 13.1.2); undefined is nothing. */
export function findConflict(headers: Headers, current: Digest | undefined): ServedResponse | undefined {
  const wanted = headers['if-match'];
  const isOther = wanted !== undefined && !lists(wanted, current);
  if (!isOther && !lists(headers['if-none-match'], current)) return undefined;
  return refuse('DENIED', 'the manifest is not the one that the request is about', { status: 412 });
}

/** Whether the rest of a range is still of the same content (RFC 9110 13.1.5). */
export function rangeApplies(headers: Headers, digest: Digest): boolean {
  const { 'if-range': condition } = headers;
  return condition === undefined || condition === entityTag(digest);
}

function lists(header: string | undefined, digest: Digest | undefined): boolean {
  if (header === undefined || digest === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(entityTag(digest)) || tags.includes(digest);
}
