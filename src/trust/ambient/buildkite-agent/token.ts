import { askProvider, readToken } from '../ask.ts';
import type { AskToken } from '../provider.ts';
import { requireVariable } from '../variable.ts';

const id = 'buildkite-agent';
const service = 'Buildkite';
const usualEndpoint = 'https://agent.buildkite.com/v3';

/** Asks the API of the agent, as `buildkite-agent oidc request-token` does. */
export const askToken: AskToken = async (surroundings, audience) => {
  const endpoint = (surroundings.environment['BUILDKITE_AGENT_ENDPOINT'] || usualEndpoint).replace(/\/+$/, '');
  const job = encodeURIComponent(requireVariable(id, 'BUILDKITE_JOB_ID', surroundings));
  const authorization = `Token ${requireVariable(id, 'BUILDKITE_AGENT_ACCESS_TOKEN', surroundings)}`;
  const reply = await askProvider(surroundings, `${endpoint}/jobs/${job}/oidc/tokens`, {
    service,
    headers: { authorization },
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify({ audience })),
  });
  return readToken(service, reply, 'token');
};
