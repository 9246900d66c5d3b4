import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasPeer } from '../../testkit/peer.ts';
import { startHttp } from '../../testkit/server.ts';
import { signingPlace } from '../../testkit/signing.ts';
import { programs } from '../../testkit/signing-programs.ts';
import { serveStack } from '../../testkit/sigstore/http/serve.ts';
import { identityOf, startAgent } from '../../testkit/spiffe-agent.ts';

const found = await hasPeer('cosign');

type Environment = Readonly<Record<string, string>>;

/** Variables of a place that gives tokens, and the server or agent behind them. */
type MakePlace = (token: string) => Promise<Environment>;

const places: Readonly<Record<string, MakePlace>> = {
  envvar: async (token) => ({ SIGSTORE_ID_TOKEN: token }),
  'github-actions': async (token) => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `${await serving('GET', '/token?v=2&audience=sigstore', { value: token })}/token?v=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'may-ask',
  }),
  'buildkite-agent': async (token) => ({
    BUILDKITE_AGENT_ACCESS_TOKEN: 'agent',
    BUILDKITE_AGENT_ENDPOINT: `${await serving('POST', '/v3/jobs/job-1/oidc/tokens', { token })}/v3`,
    BUILDKITE_JOB_ID: 'job-1',
  }),
  spiffe: async (token) => {
    const { socket } = await startAgent({ message: identityOf('spiffe://example.org/ci', token) });
    return { SPIFFE_ENDPOINT_SOCKET: socket };
  },
};

/** Answers one question, and refuses every other. */
async function serving(method: string, path: string, answer: object): Promise<string> {
  const host = await startHttp((request, response) => {
    const isAsked = request.method === method && request.url === path;
    response.writeHead(isAsked ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  return `http://${host}`;
}

const cases = (['ours', 'cosign'] as const).flatMap((signer) => Object.keys(places).map((name) => ({ signer, name })));

test.runIf(found).each(cases)('$signer signs by the token of $name; both verify', async ({ signer, name }) => {
  const here = await signingPlace();
  const services = await serveStack();
  writeFileSync(here.at('root.json'), services.trustedRoot());
  writeFileSync(here.at('config.json'), services.signingConfig('v1'));
  const token = services.issuer.issue({ sub: 'spiffe://example.org/ci', aud: ['sigstore'] });
  const environment = (await places[name]?.(token)) ?? {};
  const files = ['--signing-config', 'config.json', '--trusted-root', 'root.json', '--yes'];
  const signed = await programs[signer](here, ['sign', ...files, '--oidc-provider', name, here.name], environment);
  expect(signed).toMatchObject({ code: 0 });
  const who = ['--certificate-identity', 'spiffe://example.org/ci', '--certificate-oidc-issuer', services.issuer.url];
  for (const verify of Object.values(programs)) {
    const words = ['verify', ...who, '--trusted-root', 'root.json', here.name];
    expect(await verify(here, words)).toMatchObject({ code: 0 });
  }
  expect(services.unanswered).toEqual([]);
});
