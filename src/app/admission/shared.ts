import { admissionError, type Meter, SharedFacts } from '../../admission/index.ts';
import type { Logger } from '../../core/index.ts';
import { openRedis } from '../../net/index.ts';
import type { ServeAdmissionInput } from './input.ts';
import type { DeriveKey } from './setting.ts';

/** The store of all replicas while it is used. */
export interface OpenedShared {
  readonly shared: (scope: string) => SharedFacts;
  connect(): void;
  close(): void;
}

/** Opens the store; undefined without one. @throws ADMISSION_CACHE_UNSEALED, NET_STORE_INVALID */
export async function openShared(
  { cache }: ServeAdmissionInput,
  derive: DeriveKey | undefined,
  { log, meter }: { readonly log: Logger; readonly meter: Meter },
): Promise<OpenedShared | undefined> {
  if (cache === undefined) return undefined;
  if (derive === undefined) throw admissionError('ADMISSION_CACHE_UNSEALED');
  const store = await openRedis(cache, log);
  const key = derive('facts');
  return {
    shared: (scope) => new SharedFacts({ store, key, scope, meter }),
    connect: () => store.connect(),
    close: () => store.close(),
  };
}
