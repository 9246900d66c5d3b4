import { loadDownload, vulnerabilityDatabase } from '../../src/advisories/index.ts';
import { makeFileCache } from '../../src/disk/index.ts';
import { makeFetch } from '../../src/net/index.ts';
import { loadRemote } from '../../src/oci/index.ts';

/** Updates a database and writes a cache entry again and again, until it is killed. */
const [cacheDir = '', ...repositories] = process.argv.slice(2);
const { updateDatabase } = await loadDownload();
const { makeRegistryClient } = await loadRemote();
const clock = { now: () => new Date() };
const log = { debug: () => {}, info: () => {}, warn: () => {} };
const progress = { start: () => ({ advance: () => {}, finish: () => {} }) };
const client = makeRegistryClient({ fetch: makeFetch(), clock, log });
const cache = makeFileCache({ directory: `${cacheDir}/plimsoll/layers`, maxSize: 2 ** 20, maxEntry: 2 ** 20 });
process.stdout.write('started\n');
for (let count = 0; ; count++) {
  const repository = repositories[count % repositories.length] ?? '';
  const context = { cacheDir, clock, log, progress, registry: async () => client };
  await updateDatabase(vulnerabilityDatabase, { repositories: [repository], force: true }, context);
  await cache.put('entry', repository.repeat(1000));
}
