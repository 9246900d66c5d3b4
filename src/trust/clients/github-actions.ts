import { type Fetch, isAppError } from '../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { readWholeBody } from '../../net/index.ts';
import { trustError } from '../errors.ts';

/** What GitHub Actions gives a job that may ask for tokens (permission `id-token: write`). */
export interface TokenRequest {
  readonly url: string;
  /** Lets the job ask; it is no identity token itself. */
  readonly token: string;
}

const service = 'GitHub Actions';
const maxReply = 64 * 1024;

/** An identity token of the job for Sigstore. @throws TRUST_SERVICE_REFUSED, TRUST_SERVICE_INVALID, NET_* */
export async function requestJobToken(
  { url, token }: TokenRequest,
  { fetch, signal }: { readonly fetch: Fetch; readonly signal?: AbortSignal },
): Promise<string> {
  const address = new URL(url);
  address.searchParams.set('audience', 'sigstore');
  const response = await fetch({
    method: 'GET',
    url: address,
    headers: { authorization: `bearer ${token}` },
    ...(signal !== undefined && { signal }),
  });
  const body = await readWholeBody(response, address.host, maxReply);
  const { status } = response;
  if (status !== 200) {
    const data = { service, host: address.host, status, detail: 'no token was given' };
    throw trustError('TRUST_SERVICE_REFUSED', { data });
  }
  try {
    const fields = new ProtoFields(parseBoundedJson(body, maxReply));
    return fields.require('value', fields.text('value'));
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw trustError('TRUST_SERVICE_INVALID', { data: { service, reason: error.message } });
  }
}
