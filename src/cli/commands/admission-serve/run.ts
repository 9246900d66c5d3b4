import type { ServeAdmissionInput } from '../../../app/index.ts';
import type { Logger } from '../../../core/index.ts';
import { isLoopback } from '../../../net/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { readAccess } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { sayNotes } from '../../policy.ts';
import { logOfServer, untilStopped } from '../../serving.ts';
import { readInput } from './input.ts';
import {
  auditLogOption,
  certificateOptions,
  clusterOptions,
  logFormatOption,
  ruleOptions,
  serveOptions,
} from './options.ts';
import { settingOptions } from './setting-options.ts';

/** Milliseconds for reviews that are under way when the server is told to stop; longer than any may take. */
const drainTime = 30_000;

/** Whoever asks for a decision waits: a registry that is gone must be told of while there is time. */
const retries = { attempts: 3, firstDelay: 200, maxDelay: 1000 };

async function run(invocation: Invocation): Promise<number> {
  const { context, host, options } = invocation;
  const input = readInput(invocation);
  const log = logOfServer(invocation, logFormatOption);
  warnOf(input, log);
  const { makeContext, serveAdmission } = await import('../../../app/index.ts');
  const { url, metricsUrl, policies, stop } = await serveAdmission(input, {
    ...makeContext({ ...context, access: { ...(await readAccess(invocation)), retries } }),
    log,
  });
  sayNotes(policies, log);
  const count = policies.length === 1 ? 'one policy' : `${policies.length} policies`;
  const isTaken = options.get(auditLogOption) === '-';
  const say = isTaken ? log.info : (text: string): void => void host.stdout.write(`${text}\n`);
  say(`Serving at ${url}, judging by ${count}`);
  if (metricsUrl !== undefined) say(`Metrics at ${metricsUrl}`);
  await untilStopped(context.signal);
  log.info('Stopping: reviews that are under way may end');
  await stop(drainTime);
  return exitCodes.clean;
}

function warnOf({ address, tls, setting, compat = [] }: ServeAdmissionInput, log: Logger): void {
  if (setting?.mode === 'audit') log.warn('Everything is let in: policies are not enforced');
  if (compat.length > 0)
    log.warn('What peers let in is let in, and would be denied otherwise', { compat: compat.join(', ') });
  const everything = setting?.excludedNamespaces.find((pattern) => /^[*?]*$/.test(pattern));
  if (everything !== undefined) log.warn('Whatever is in a namespace is let in', { excluded: everything });
  if (isLoopback(address) || tls.clientCaFile !== undefined) return;
  log.warn('Whoever reaches this machine can ask for decisions; --client-ca lets the API server alone do so', {
    address,
  });
}

export const module: CommandModule = {
  options: [serveOptions, settingOptions, ruleOptions, certificateOptions, clusterOptions, registryOptions],
  takesItsTime: true,
  grace: drainTime + 3000,
  run,
};
