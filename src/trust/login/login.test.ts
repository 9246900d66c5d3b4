import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { recordLog } from '../../../testkit/context.ts';
import { startHttp } from '../../../testkit/server.ts';
import type { TestIssuer } from '../../../testkit/sigstore/http/issuer.ts';
import { serveStack } from '../../../testkit/sigstore/http/serve.ts';
import { makeFetch } from '../../net/index.ts';
import { type LoginAccess, type LoginFlow, logIn } from './index.ts';

const fetch = makeFetch();

/** A browser in which a person agrees to everything, and lands where the issuer sends it. */
async function browse(url: string): Promise<boolean> {
  const { headers } = await fetch({ method: 'GET', url: new URL(url) });
  await fetch({ method: 'GET', url: new URL(headers['location'] ?? '') });
  return true;
}

async function issuerAnd(change: Partial<LoginAccess> = {}) {
  const { issuer } = await serveStack();
  const said: string[] = [];
  const access: LoginAccess = {
    issuer: issuer.url,
    clientId: 'sigstore',
    fetch,
    log: recordLog(),
    say: async (text) => void said.push(text),
    openBrowser: browse,
    ...change,
  };
  return { issuer, said, log: (flow: LoginFlow) => logIn(flow, access) };
}

function emailOf(issuer: TestIssuer, token: string): unknown {
  const claims = issuer.read(token);
  return typeof claims === 'string' ? claims : claims['email'];
}

test('a browser is opened and comes back to this machine', async () => {
  const { issuer, said, log } = await issuerAnd();
  expect(emailOf(issuer, await log('browser'))).toBe('user@example.com');
  expect(said[0]).toMatch(
    /^Your browser will now be opened to:\nhttp:\/\/127\.0\.0\.1:\d+\/oidc\/auth\?.*code_challenge=/,
  );
  expect(said[0]).toContain(encodeURIComponent('/auth/callback'));
});

test('an address is told where no browser can be opened, and may be gone to by hand', async () => {
  const { issuer, said, log } = await issuerAnd({
    openBrowser: async (url) => {
      setTimeout(() => void browse(url), 50);
      return false;
    },
  });
  expect(emailOf(issuer, await log('browser'))).toBe('user@example.com');
  expect(said[0]).toContain('Open this address in a browser:\nhttp://');
});

test('only an answer to this login counts: other requests change nothing', async () => {
  const statuses: number[] = [];
  const { issuer, log } = await issuerAnd({
    openBrowser: async (url) => {
      const back = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
      for (const query of ['?code=stolen&state=another', '?code=stolen', '/../other']) {
        statuses.push((await fetch({ method: 'GET', url: new URL(query, back) })).status);
      }
      return browse(url);
    },
  });
  expect(emailOf(issuer, await log('browser'))).toBe('user@example.com');
  expect(statuses).toEqual([400, 400, 404]);
});

test('a token for another login is refused: its nonce is not ours', async () => {
  const { issuer, log } = await issuerAnd();
  issuer.user = { ...issuer.user, nonce: 'another' };
  const make = issuer.issue;
  issuer.issue = (claims) => make({ ...claims, nonce: 'another' });
  await expect(log('browser')).rejects.toThrowCode('TRUST_LOGIN_FAILED');
});

test.each(['browser', 'device'] as const)('a person may refuse in the flow by %s', async (flow) => {
  const { issuer, log } = await issuerAnd();
  issuer.rules.refuses = 'access_denied';
  await expect(log(flow)).rejects.toThrowCode('TRUST_LOGIN_REFUSED');
  await expect(log(flow)).rejects.toThrow('access_denied');
});

test('nobody is waited for without end', async () => {
  const { log } = await issuerAnd({ openBrowser: async () => true, patience: 20 });
  await expect(log('browser')).rejects.toThrowCode('TRUST_LOGIN_TIMEOUT');
  const stop = new AbortController();
  const stopped = await issuerAnd({
    openBrowser: async () => {
      stop.abort();
      return true;
    },
    signal: stop.signal,
  });
  await expect(stopped.log('browser')).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

test('the browser is sent back to where the client says, on this machine only', async () => {
  const free = await startHttp(() => undefined);
  await expect((await issuerAnd({ redirectUrl: `http://${free}/back` })).log('browser')).rejects.toThrowCode(
    'NET_LISTEN_FAILED',
  );
  for (const redirectUrl of ['http://example.com/back', 'https://localhost/back', 'x', 'http://localhost/?a=b']) {
    await expect((await issuerAnd({ redirectUrl })).log('browser')).rejects.toThrowCode('TRUST_REDIRECT_INVALID');
  }
});

test('an issuer must offer PKCE, be asked by TLS, and be one', async () => {
  const found = (document: object) =>
    startHttp((request, response) =>
      response.end(JSON.stringify({ issuer: `http://${request.headers.host}`, ...document })),
    );
  const plain = await found({ authorization_endpoint: 'https://a.test', token_endpoint: 'https://a.test' });
  await expect((await issuerAnd({ issuer: `http://${plain}` })).log('browser')).rejects.toThrow('PKCE');
  await expect((await issuerAnd({ issuer: 'http://issuer.example.com' })).log('device')).rejects.toThrowCode(
    'TRUST_ISSUER_PLAIN',
  );
  for (const issuer of ['not an address', `http://${await found({ issuer: 'https://other.test' })}`]) {
    await expect((await issuerAnd({ issuer })).log('device')).rejects.toThrowCode('TRUST_LOGIN_FAILED');
  }
  const gone = await issuerAnd({ issuer: 'http://127.0.0.1:1' });
  await expect(gone.log('device')).rejects.toThrowCode('NET_UNREACHABLE');
});

test('a code is typed in elsewhere, and the issuer says when to ask again', async () => {
  const { issuer, said, log } = await issuerAnd();
  issuer.rules.waits = ['authorization_pending', 'slow_down'];
  expect(emailOf(issuer, await log('device'))).toBe('user@example.com');
  expect(said[0]).toBe(
    `Enter the verification code USER-CODE in your browser at: ${issuer.url}/device\nCode will be valid for 60 seconds\n`,
  );
  expect(issuer.rules.waits).toEqual([]);
});

test('a program proves itself with a secret, which no error repeats', async () => {
  const given = { clientId: 'robot', clientSecret: 'hunter2' };
  const { issuer, log } = await issuerAnd(given);
  issuer.rules.secrets['robot'] = 'hunter2';
  const [, claims = ''] = (await log('client-credentials')).split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ aud: 'robot', iss: issuer.url });
  const wrong = await issuerAnd({ ...given, clientSecret: 'wrong-one' });
  wrong.issuer.rules.secrets['robot'] = 'hunter2';
  const error: unknown = await wrong.log('client-credentials').catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: 'TRUST_LOGIN_REFUSED' });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('wrong-one');
});

test('an answer without an identity token is told', async () => {
  const host = await startHttp((request, response) => {
    const at = `http://${request.headers.host}`;
    response.setHeader('content-type', 'application/json');
    const token = { access_token: 'a', token_type: 'Bearer' };
    response.end(JSON.stringify(request.method === 'POST' ? token : { issuer: at, token_endpoint: `${at}/token` }));
  });
  const { log } = await issuerAnd({ issuer: `http://${host}`, clientSecret: 'x' });
  await expect(log('client-credentials')).rejects.toThrow('no identity token');
});
