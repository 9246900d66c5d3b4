import { loadRegistryServer } from '../../src/oci/index.ts';

/** Serves a registry from a directory until it is killed. */
const [directory = ''] = process.argv.slice(2);
const { serveRegistry } = await loadRegistryServer();
const log = { debug: () => {}, info: () => {}, warn: () => {} };
const { host } = await serveRegistry({ directory, log });
process.stdout.write(`${host}\n`);
