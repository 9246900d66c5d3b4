import { randomInt } from 'node:crypto';
import { readWhole } from '../../disk/index.ts';
import { openBrowser } from '../../process/index.ts';
import { signError } from '../../sign/index.ts';
import { loadAmbient, loadLogin, type SigningConfig, selectServices } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { IdentityInput, LoginInput, TokenInput } from './input.ts';

const maxToken = 64 * 1024;
const maxSecret = 64 * 1024;

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
  const { fetch, signal } = context;
  return findAmbientToken({ environment, fetch, ...(signal !== undefined && { signal }) }, provider);
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
  const [issuer] = selectServices(config.identityProviders, { mode: 'exact', count: 1 }, wish);
  const secret = clientSecretFile && (await readWhole(clientSecretFile, maxSecret)).toString('utf8').trim();
  const { logIn: logInAt } = await loadLogin();
  return logInAt(flow, {
    issuer: issuer?.url ?? '',
    clientId,
    fetch: await fetch(),
    log,
    say,
    openBrowser: (url) => openBrowser(url, { environment, platform }),
    ...(secret !== undefined && { clientSecret: secret }),
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(signal !== undefined && { signal }),
  });
}
