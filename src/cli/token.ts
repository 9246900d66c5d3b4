import type { LoginInput, ServicesInput, TokenInput } from '../app/index.ts';
import {
  authFlowOption,
  clientIdOption,
  clientSecretOption,
  disableAmbientOption,
  identityTokenOption,
  providerOption,
  redirectUrlOption,
  yesOption,
} from '../sign/index.ts';
import { commandLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';
import { confirm } from './prompt.ts';

/** How the token is found that names the signer, by the flags. @throws CLI_TOKEN_MISSING */
export function toTokenInput({ options, host, descriptor, dialect }: Invocation, services: ServicesInput): TokenInput {
  const token = options.get(identityTokenOption);
  if (token !== undefined) return token;
  const flow = options.get(authFlowOption);
  if (flow === 'token') throw cliError('CLI_TOKEN_MISSING', { data: { command: commandLine(descriptor, dialect) } });
  const provider = options.get(providerOption);
  return {
    environment: host.environment,
    isAmbient: !options.get(disableAmbientOption),
    ...(provider !== undefined && { provider }),
    login: toLogin({ options, host }, flow, services),
  };
}

const flows = { normal: 'browser', device: 'device', client_credentials: 'client-credentials' } as const;

/** A person at a terminal has a browser; elsewhere a code can be typed into one. */
function toLogin(
  { options, host }: Pick<Invocation, 'options' | 'host'>,
  asked: keyof typeof flows | undefined,
  services: ServicesInput,
): LoginInput {
  const isTerminal = host.typeSecret !== undefined;
  const wasAsked = services.kind === 'addresses' && services.log !== undefined;
  const asksBefore = asked === undefined && isTerminal && !wasAsked && !options.get(yesOption);
  const secret = options.get(clientSecretOption);
  const redirectUrl = options.get(redirectUrlOption);
  return {
    flow: flows[asked ?? (isTerminal ? 'normal' : 'device')],
    clientId: options.get(clientIdOption),
    platform: host.platform,
    say: (text) => host.stderr.write(text),
    kept: new Map(),
    ...(asksBefore && { confirm: () => confirmName(host) }),
    ...(secret !== undefined && { clientSecretFile: secret }),
    ...(redirectUrl !== undefined && { redirectUrl }),
  };
}

/** Who only meant to sign must know that the own name becomes public by it. @throws CLI_DECLINED */
async function confirmName(host: Host): Promise<void> {
  await host.stderr.write(
    '\nThe name that you log in with goes into a certificate, and into logs that everybody can read for ever.\n',
  );
  await confirm(host);
}
