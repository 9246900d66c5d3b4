import type { ServicesInput, SignerChoice, SigningInput } from '../app/index.ts';
import type { ResolvedOptions } from '../config/index.ts';
import type { OptionSpec } from '../core/index.ts';
import {
  algorithmOption,
  certificateChainOption,
  certificateOption,
  defaultAddresses,
  deprecatedFlags,
  disableAmbientOption,
  fulcioUrlOption,
  identityTokenOption,
  issueCertificateOption,
  newBundleOption,
  oidcIssuerOption,
  privateKeyOption,
  referrersModeOption,
  rekorUrlOption,
  signingConfigOption,
  timestampUrlOption,
  tlogUploadOption,
  useSigningConfigOption,
  yesOption,
} from '../sign/index.ts';
import { trustedRootOption } from '../verify/index.ts';
import { commandLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';
import { toKeyCache } from './key-cache.ts';
import { toKeySource } from './key-source.ts';
import { askPassword, confirm } from './prompt.ts';

/** Says which of the flags that were given cosign calls those of yesterday. */
export async function sayDeprecated(
  { options, host }: Pick<Invocation, 'options' | 'host'>,
  specs: readonly OptionSpec[],
): Promise<void> {
  for (const spec of specs) {
    const { flag = '' } = spec;
    const advice = Object.hasOwn(deprecatedFlags, flag) ? deprecatedFlags[flag] : undefined;
    if (advice === undefined || options.origin(spec).kind === 'default') continue;
    await host.stderr.write(`Flag --${flag} has been deprecated, ${advice}\n`);
  }
}

/**
 * Who signs at which services, by the flags of every command that signs; flags that fight are refused with cosign's words.
 * `canBundle`: the command has a file that a bundle goes to whatever the layout.
 * @throws CLI_SIGNING_CONFIG_TWICE, CLI_SERVICES_TWICE, CLI_TLOG_CONFLICT, CLI_LAYOUT_CONFLICT, CLI_TOKEN_MISSING, CLI_KEY_*
 */
export function toSigningInput(
  invocation: Invocation,
  { canBundle = false }: { readonly canBundle?: boolean } = {},
): SigningInput {
  const { options } = invocation;
  const services = toServices(invocation, canBundle);
  const trustedRoot = options.get(trustedRootOption);
  const keyCache = toKeyCache(invocation.host.environment, { refresh: true });
  return { signer: toSigner(invocation), services, keyCache, ...(trustedRoot !== undefined && { trustedRoot }) };
}

function toServices({ options, dialect }: Invocation, canBundle: boolean): ServicesInput {
  const path = options.get(signingConfigOption);
  const isTold = options.origin(useSigningConfigOption).kind !== 'default';
  if (path !== undefined && isTold) throw cliError('CLI_SIGNING_CONFIG_TWICE');
  const fights = fightOf(options, canBundle);
  const mayYield = dialect.id !== 'cosign' && !isTold && path === undefined;
  if (!options.get(useSigningConfigOption) || (fights !== undefined && mayYield)) return toAddresses(options);
  if (fights !== undefined) throw cliError(fights);
  return { kind: 'config', ...(path !== undefined && { path }) };
}

/** What of the flags does not go together with a signing configuration. */
function fightOf(options: ResolvedOptions, canBundle: boolean) {
  const addresses = [
    [fulcioUrlOption, defaultAddresses.authority],
    [rekorUrlOption, defaultAddresses.log],
    [oidcIssuerOption, defaultAddresses.issuer],
    [timestampUrlOption, undefined],
  ] as const;
  if (addresses.some(([option, usual]) => options.get(option) !== usual)) return 'CLI_SERVICES_TWICE';
  if (!options.get(tlogUploadOption)) return 'CLI_TLOG_CONFLICT';
  return options.get(newBundleOption) || canBundle ? undefined : 'CLI_LAYOUT_CONFLICT';
}

function toAddresses(options: ResolvedOptions): ServicesInput {
  const timestamps = options.get(timestampUrlOption);
  return {
    kind: 'addresses',
    authority: options.get(fulcioUrlOption),
    ...(options.get(tlogUploadOption) && { log: options.get(rekorUrlOption) }),
    ...(timestamps !== undefined && { timestamps }),
  };
}

function toSigner({ options, host, descriptor, dialect }: Invocation): SignerChoice {
  const key = options.get(privateKeyOption);
  const token = options.get(identityTokenOption);
  const missing = () => cliError('CLI_TOKEN_MISSING', { data: { command: commandLine(descriptor, dialect) } });
  if (key === undefined) {
    const algorithm = options.has(algorithmOption) ? { algorithm: options.get(algorithmOption) } : {};
    const job = token === undefined ? jobOf(options, host) : undefined;
    if (job !== undefined) return { kind: 'job', ...job, ...algorithm };
    if (token === undefined) throw missing();
    return { kind: 'token', token, ...algorithm };
  }
  const issue = options.get(issueCertificateOption);
  if (issue && token === undefined) throw missing();
  const [certificate, chain] = [options.get(certificateOption), options.get(certificateChainOption)];
  return {
    kind: 'key',
    key: { source: toKeySource(key, host), password: () => askPassword(host) },
    ...(issue && token !== undefined && { token }),
    ...(certificate !== undefined && { certificate }),
    ...(chain !== undefined && { chain }),
  };
}

/** Where a job of GitHub Actions asks for its token, unless that was forbidden. */
function jobOf(
  options: ResolvedOptions,
  { environment }: Host,
): { readonly url: string; readonly token: string } | undefined {
  const url = environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const token = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  return url && token && !options.get(disableAmbientOption) ? { url, token } : undefined;
}

/** Asks before a signature goes where it stays for ever and everybody sees it, unless a signing configuration was chosen. @throws CLI_DECLINED */
export async function confirmLog(
  host: Host,
  options: ResolvedOptions,
  { services }: Pick<SigningInput, 'services'>,
): Promise<void> {
  if (services.kind !== 'addresses' || services.log === undefined) return;
  await host.stderr.write(
    `\nThe signature is entered in the transparency log ${services.log}, with the name in the certificate if there is one.\nEverybody can read it there, and nobody can remove it.\n`,
  );
  if (!options.get(yesOption)) await confirm(host);
}

/** Referrers for what is no bundle are behind a switch of cosign's. @throws CLI_REFERRERS_MODE */
export function assertReferrersMode({ options, host }: Invocation): void {
  if (options.get(referrersModeOption) === 'legacy') return;
  if (!['1', 'true'].includes(host.environment['COSIGN_EXPERIMENTAL'] ?? '')) throw cliError('CLI_REFERRERS_MODE');
}
