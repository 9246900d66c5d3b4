import { readWhole } from '../../disk/index.ts';
import { formatBundle, type LogEntry, parseBundle, upgradeBundle } from '../../envelope/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { loadSigningClients } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { UpgradeBundleInput } from './input.ts';

const maxBundleSize = 128 * 2 ** 20;
const width = 4;

/** The bundle in version 0.3; proofs that are missing are asked of the log. @throws ENVELOPE_*, TRUST_SERVICE_*, NET_*, DISK_* */
export async function upgraded({ path, rekorUrl }: UpgradeBundleInput, context: AppContext): Promise<string> {
  const json = await readWhole(path, maxBundleSize);
  const bundle = parseBundle(json, { allowChain: true });
  if (bundle.version === '0.3' && bundle.material.kind !== 'chain') return json.toString('utf8');
  const logEntries = await mapPooled(bundle.logEntries, width, (entry) => withProof(entry, rekorUrl, context));
  return formatBundle(upgradeBundle({ ...bundle, logEntries }));
}

/** A log that tells of another entry under this number is not that of the signature. @throws TRUST_SERVICE_INVALID */
export async function withProof(entry: LogEntry, rekorUrl: string, context: AppContext): Promise<LogEntry> {
  if (entry.proof !== undefined) return entry;
  const { fetchFromRekor1, logEntryChanged } = await loadSigningClients();
  const access = {
    fetch: await context.fetch(),
    url: rekorUrl,
    ...(context.signal !== undefined && { signal: context.signal }),
  };
  const found = await fetchFromRekor1(access, entry.logIndex);
  if (!found.body.equals(entry.body)) throw logEntryChanged(entry.logIndex);
  return found;
}
