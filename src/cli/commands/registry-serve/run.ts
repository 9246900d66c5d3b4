import type { ServedRegistry, ServeRegistryInput } from '../../../app/index.ts';
import type { Logger } from '../../../core/index.ts';
import { isLoopback } from '../../../net/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { craneAddress, type ListenAddress, parseAddress } from '../../listen-address.ts';
import { logOfServer, untilStopped } from '../../serving.ts';
import {
  addressOption,
  allowSparseOption,
  diskOption,
  htpasswdOption,
  idleTimeoutOption,
  logFormatOption,
  maxBlobSizeOption,
  maxConnectionsOption,
  maxUploadsOption,
  noDeleteOption,
  readOnlyOption,
  serveOptions,
  tlsCertOption,
  tlsKeyOption,
  uploadTimeoutOption,
} from './options.ts';

const usualAddress = '127.0.0.1:5000';
/** Milliseconds for transfers that are under way when the server is told to stop. */
const drainTime = 30_000;

async function run(invocation: Invocation): Promise<number> {
  const { context } = invocation;
  const input = readInput(invocation);
  const log = logOfServer(invocation, logFormatOption);
  warnOf(input, log);
  const { serveRegistry } = await import('../../../app/index.ts');
  const registry = await serveRegistry(input, { ...context, log });
  await sayReady(registry, input, invocation);
  await untilStopped(context.signal);
  if (invocation.dialect.id === 'crane') await sayAsCrane('shutting down...', invocation);
  else log.info('Stopping: transfers that are under way may end');
  await registry.stop(drainTime);
  return exitCodes.clean;
}

/** @throws CLI_ADDRESS_INVALID, CLI_TLS_UNPAIRED */
function readInput(invocation: Invocation): ServeRegistryInput {
  const { options } = invocation;
  const [directory, certFile, keyFile] = [diskOption, tlsCertOption, tlsKeyOption].map((option) => options.get(option));
  const htpasswdFile = options.get(htpasswdOption);
  if ((certFile === undefined) !== (keyFile === undefined)) throw cliError('CLI_TLS_UNPAIRED');
  return {
    ...addressOf(invocation),
    readOnly: options.get(readOnlyOption),
    allowDelete: !options.get(noDeleteOption),
    allowSparse: options.get(allowSparseOption),
    maxBlobSize: options.get(maxBlobSizeOption),
    maxUploads: options.get(maxUploadsOption),
    maxConnections: options.get(maxConnectionsOption),
    idleTime: options.get(idleTimeoutOption),
    uploadIdleTime: options.get(uploadTimeoutOption),
    ...(directory !== undefined && { directory }),
    ...(certFile !== undefined && keyFile !== undefined && { tls: { certFile, keyFile } }),
    ...(htpasswdFile !== undefined && { htpasswdFile }),
  };
}

function addressOf({ options, dialect, host }: Invocation): ListenAddress {
  const isCrane = dialect.id === 'crane';
  const given = options.get(addressOption);
  if (given === undefined && isCrane) return craneAddress(host.environment['PORT']);
  return parseAddress(given ?? usualAddress, { bareMeansAll: isCrane });
}

function warnOf({ address, htpasswdFile, tls, readOnly }: ServeRegistryInput, log: Logger): void {
  if (isLoopback(address)) return;
  if (htpasswdFile === undefined && readOnly !== true) {
    log.warn('Everybody who reaches this machine can push and delete; --htpasswd asks for a login', { address });
  }
  if (htpasswdFile !== undefined && tls === undefined) {
    log.warn('Passwords cross the network in the clear; --tls-cert and --tls-key protect them', { address });
  }
}

/** For people and scripts alike: nothing is answered before this line. */
async function sayReady(
  { url, port }: ServedRegistry,
  { directory }: ServeRegistryInput,
  invocation: Invocation,
): Promise<void> {
  if (invocation.dialect.id !== 'crane') {
    const place = directory === undefined ? 'memory' : directory;
    return invocation.host.stdout.write(`Serving at ${url}, keeping what is pushed in ${place}\n`);
  }
  if (directory !== undefined) await sayAsCrane(`storing blobs in ${directory}`, invocation);
  await sayAsCrane(`serving on port ${port}`, invocation);
}

/** As Go's log writes it. */
function sayAsCrane(text: string, { host, context }: Invocation): Promise<void> {
  const time = context.clock.now().toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/');
  return host.stderr.write(`${time} ${text}\n`);
}

export const module: CommandModule = {
  options: [serveOptions],
  takesItsTime: true,
  // A little more than transfers get, so that they end as they were promised.
  grace: drainTime + 3000,
  run,
};
