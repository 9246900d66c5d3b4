import { callGrpc } from '../../../net/index.ts';
import { trustError } from '../../errors.ts';
import type { AskToken } from '../provider.ts';
import { socketPath } from './path.ts';
import { encodeText, fieldsOf } from './protobuf.ts';

const limit = 2 ** 20;
const timeout = 30_000;
/** Every call must carry it, so that no request of a browser is taken for one (SPIFFE Workload Endpoint, section 5). */
const metadata = { 'workload.spiffe.io': 'true' };

/** FetchJWTSVID of the SPIFFE Workload API, section 6.2.1: the first identity is the usual one. */
export const askToken: AskToken = async (surroundings, audience) => {
  const { signal } = surroundings;
  const path = socketPath(surroundings);
  const call = { path: '/SpiffeWorkloadAPI/FetchJWTSVID', metadata, message: encodeText(1, audience), limit, timeout };
  const answer = await callGrpc(path, { ...call, ...(signal !== undefined && { signal }) });
  if (answer.kind === 'refused') {
    const reason = `the agent at ${path} refuses (${answer.status}: ${answer.detail})`;
    throw trustError('TRUST_PROVIDER_ABSENT', { data: { name: 'spiffe', reason } });
  }
  const [identity] = fieldsOf(answer.message, 1);
  const [token] = identity === undefined ? [] : fieldsOf(identity, 2);
  if (token === undefined) {
    throw trustError('TRUST_SERVICE_INVALID', { data: { service: 'SPIFFE', reason: 'there is no identity in it' } });
  }
  return token.toString('utf8');
};
