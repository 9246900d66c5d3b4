import type { ServicesInput, SignerChoice, SigningInput } from '../app/index.ts';
import type { ResolvedOptions } from '../config/index.ts';
import type { OptionSpec } from '../core/index.ts';
import {
  algorithmOption,
  certificateChainOption,
  certificateOption,
  defaultAddresses,
  deprecatedFlags,
  fulcioUrlOption,
  issueCertificateOption,
  newBundleOption,
  oidcIssuerOption,
  privateKeyOption,
  referrersModeOption,
  rekorUrlOption,
  signingConfigOption,
  timestampAuthoritiesOption,
  timestampCertificateOption,
  timestampKeyOption,
  timestampNameOption,
  timestampUrlOption,
  tlogUploadOption,
  useSigningConfigOption,
  yesOption,
} from '../sign/index.ts';
import { trustedRootOption } from '../verify/index.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';
import { toKeyCache } from './key-cache.ts';
import { toKeySource } from './key-source.ts';
import { askPassword, confirm } from './prompt.ts';
import { toTokenInput } from './token.ts';

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
  const peer = toTimestampPeer(options);
  return {
    signer: toSigner(invocation, services),
    services,
    keyCache,
    ...(trustedRoot !== undefined && { trustedRoot }),
    ...(peer !== undefined && { timestampPeer: peer }),
  };
}

/** @throws CLI_TIMESTAMP_CLIENT for a certificate without its key */
function toTimestampPeer(options: ResolvedOptions): SigningInput['timestampPeer'] {
  const [authorities, certificate, key, serverName] = [
    options.get(timestampAuthoritiesOption),
    options.get(timestampCertificateOption),
    options.get(timestampKeyOption),
    options.get(timestampNameOption),
  ];
  if ((certificate === undefined) !== (key === undefined)) throw cliError('CLI_TIMESTAMP_CLIENT');
  const peer = {
    ...(authorities !== undefined && { authorities }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { serverName }),
  };
  return Object.keys(peer).length === 0 ? undefined : peer;
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
    issuer: options.get(oidcIssuerOption),
    ...(options.get(tlogUploadOption) && { log: options.get(rekorUrlOption) }),
    ...(timestamps !== undefined && { timestamps }),
  };
}

function toSigner(invocation: Invocation, services: ServicesInput): SignerChoice {
  const { options, host } = invocation;
  const key = options.get(privateKeyOption);
  if (key === undefined) {
    const algorithm = options.has(algorithmOption) ? { algorithm: options.get(algorithmOption) } : {};
    return { kind: 'token', token: toTokenInput(invocation, services), ...algorithm };
  }
  const [certificate, chain] = [options.get(certificateOption), options.get(certificateChainOption)];
  return {
    kind: 'key',
    key: { source: toKeySource(key, host), password: () => askPassword(host) },
    ...(options.get(issueCertificateOption) && { token: toTokenInput(invocation, services) }),
    ...(certificate !== undefined && { certificate }),
    ...(chain !== undefined && { chain }),
  };
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
