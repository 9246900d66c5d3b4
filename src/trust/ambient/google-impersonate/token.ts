import { askProvider, readToken } from '../ask.ts';
import { askMetadata } from '../google-metadata.ts';
import type { AskToken } from '../provider.ts';
import { requireVariable } from '../variable.ts';

const service = "Google's IAM";
const accounts = 'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts';

/** The machine's account asks for a token of the other (IAM Credentials API, generateIdToken). */
export const askToken: AskToken = async (surroundings, audience) => {
  const name = requireVariable('google-impersonate', 'GOOGLE_SERVICE_ACCOUNT_NAME', surroundings);
  const own = readToken(service, await askMetadata(surroundings, 'token'), 'access_token');
  const reply = await askProvider(surroundings, `${accounts}/${encodeURIComponent(name)}:generateIdToken`, {
    service,
    headers: { authorization: `Bearer ${own}` },
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify({ audience, includeEmail: true })),
  });
  return readToken(service, reply, 'token');
};
