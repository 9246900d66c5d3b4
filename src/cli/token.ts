import type { LoginInput, TokenInput } from '../app/index.ts';
import {
  authFlowOption,
  clientIdOption,
  clientSecretOption,
  disableAmbientOption,
  identityTokenOption,
  providerOption,
  redirectUrlOption,
} from '../sign/index.ts';
import { commandLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';

/** How the token is found that names the signer, by the flags. @throws CLI_TOKEN_MISSING */
export function toTokenInput({ options, host, descriptor, dialect }: Invocation): TokenInput {
  const token = options.get(identityTokenOption);
  if (token !== undefined) return token;
  const flow = options.get(authFlowOption);
  if (flow === 'token') throw cliError('CLI_TOKEN_MISSING', { data: { command: commandLine(descriptor, dialect) } });
  const provider = options.get(providerOption);
  return {
    environment: host.environment,
    isAmbient: !options.get(disableAmbientOption),
    ...(provider !== undefined && { provider }),
    login: toLogin({ options, host }, flow),
  };
}

const flows = { normal: 'browser', device: 'device', client_credentials: 'client-credentials' } as const;

/** A person at a terminal has a browser; elsewhere a code can be typed into one. */
function toLogin(
  { options, host }: Pick<Invocation, 'options' | 'host'>,
  asked: keyof typeof flows | undefined,
): LoginInput {
  const isTerminal = host.typeSecret !== undefined;
  const secret = options.get(clientSecretOption);
  const redirectUrl = options.get(redirectUrlOption);
  return {
    flow: flows[asked ?? (isTerminal ? 'normal' : 'device')],
    clientId: options.get(clientIdOption),
    platform: host.platform,
    say: (text) => host.stderr.write(text),
    kept: new Map(),
    ...(secret !== undefined && { clientSecretFile: secret }),
    ...(redirectUrl !== undefined && { redirectUrl }),
  };
}
