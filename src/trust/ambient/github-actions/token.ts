import { askProvider, readToken } from '../ask.ts';
import type { AskToken } from '../provider.ts';
import { requireVariable } from '../variable.ts';

const id = 'github-actions';
const service = 'GitHub Actions';

/** Asks by the address and the token that let the job ask; the latter is no identity token itself. */
export const askToken: AskToken = async (surroundings, audience) => {
  const url = new URL(requireVariable(id, 'ACTIONS_ID_TOKEN_REQUEST_URL', surroundings));
  url.searchParams.set('audience', audience);
  const authorization = `bearer ${requireVariable(id, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', surroundings)}`;
  const reply = await askProvider(surroundings, url.href, { service, headers: { authorization } });
  return readToken(service, reply, 'value');
};
