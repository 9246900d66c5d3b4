import { randomInt } from 'node:crypto';
import { readWhole } from '../../disk/index.ts';
import { openBrowser } from '../../process/index.ts';
import { signError } from '../../sign/index.ts';
import { loadAmbient, loadLogin, type SigningConfig, selectServices } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { IdentityInput, LoginInput, TokenInput } from './input.ts';

const maxToken = 64 * 1024;
const maxSecret = 64 * 1024;
/** Milliseconds that a certificate authority may take to look at a token. */
const margin = 30_000;

/**
 * The token that names the signer: one that was given, else one of the place that the program runs in, else one that
 * somebody logs in for. @throws DISK_*, TRUST_PROVIDER_*, TRUST_LOGIN_*, TRUST_SERVICE_*, SIGN_TOKEN_MISSING, NET_*
 */
export async function findToken(input: TokenInput, config: SigningConfig, context: AppContext): Promise<string> {
  if (typeof input === 'string') return readToken(input);
  const ambient = input.isAmbient ? await findAmbient(input, context) : undefined;
  if (ambient !== undefined) return ambient;
  if (input.login === undefined) throw signError('SIGN_TOKEN_MISSING');
  return logIn(input, input.login, config, context);
}

/** A token, or the file that holds it. */
async function readToken(text: string): Promise<string> {
  // Tokens have three parts, of letters, digits, "-" and "_".
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return text;
  return (await readWhole(text, maxToken)).toString('utf8').trim();
}

async function findAmbient({ environment, provider }: IdentityInput, context: AppContext): Promise<string | undefined> {
  const { findAmbientToken } = await loadAmbient();
  const { fetch, log, signal } = context;
  return findAmbientToken({ environment, fetch, log, ...(signal !== undefined && { signal }) }, provider);
}

async function logIn(
  { environment }: IdentityInput,
  login: LoginInput,
  config: SigningConfig,
  { clock, fetch, log, signal }: AppContext,
): Promise<string> {
  const { flow, clientId, clientSecretFile, redirectUrl, say, platform } = login;
  if (config.identityProviders.length === 0) throw signError('SIGN_TOKEN_MISSING');
  const wish = { what: 'identity tokens', versions: [1], time: clock.now(), pick: randomInt };
  const [service] = selectServices(config.identityProviders, { mode: 'exact', count: 1 }, wish);
  const issuer = service?.url ?? '';
  const known = login.kept?.get(issuer);
  if (known !== undefined && outlasts(known, clock.now())) return known;
  if (known === undefined) await login.confirm?.();
  const secret = clientSecretFile && (await readWhole(clientSecretFile, maxSecret)).toString('utf8').trim();
  const { logIn: logInAt } = await loadLogin();
  const token = await logInAt(flow, {
    issuer,
    clientId,
    fetch: await fetch(),
    log,
    say,
    openBrowser: (url) => openBrowser(url, { environment, platform }),
    ...(secret !== undefined && { clientSecret: secret }),
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(signal !== undefined && { signal }),
  });
  login.kept?.set(issuer, token);
  return token;
}

/** Whether a token is valid long enough for one more signature; what cannot be read is not. */
function outlasts(token: string, now: Date): boolean {
  const [, body = ''] = token.split('.');
  const { exp } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as { readonly exp?: unknown };
  return typeof exp === 'number' && exp * 1000 > now.getTime() + margin;
}
