import { makeFetch } from '../src/net/index.ts';
import { makeRegistryClient, type RegistryClient, type RegistryClientOptions } from '../src/oci/client/client.ts';
import { fixedClock, recordLog, recordSleep } from './context.ts';

/** A client of registries that waits for nothing. */
export function testClient(options: Partial<RegistryClientOptions> = {}): RegistryClient {
  return makeRegistryClient({
    fetch: makeFetch({ idleTimeout: 1000 }),
    clock: fixedClock('2026-11-24T00:00:00Z'),
    log: recordLog(),
    sleep: recordSleep().sleep,
    ...options,
  });
}
