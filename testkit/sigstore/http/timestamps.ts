import { childrenOf, parseDer } from '../../../src/codecs/asn1/index.ts';
import type { TestTimestampAuthority } from '../timestamp-authority.ts';
import { refuse, type Service } from './answer.ts';

const integerTag = 0x02;

/** A timestamp authority by HTTP (RFC 3161 section 3.4). */
export function timestampService(authority: TestTimestampAuthority): Service {
  return ({ method, url, body, headers }) => {
    if (method !== 'POST' || url.pathname !== '/api/v1/timestamp') return undefined;
    if (headers['content-type'] !== 'application/timestamp-query') return refuse(400, 'another type of content');
    const [, imprint, ...rest] = childrenOf(parseDer(body));
    const [, digest] = imprint === undefined ? [] : childrenOf(imprint);
    if (digest === undefined) return refuse(400, 'no imprint');
    const nonce = rest.find(({ tag }) => tag === integerTag)?.bytes;
    const answer = authority.answer(digest.value, new Date(), nonce === undefined ? {} : { nonce });
    return { status: 201, body: answer, headers: { 'content-type': 'application/timestamp-reply' } };
  };
}
