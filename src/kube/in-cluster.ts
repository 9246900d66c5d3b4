import { join } from 'node:path';
import { readWhole, statPath } from '../disk/index.ts';
import type { KubeAccess } from './access.ts';

const maxSize = 2 ** 20;
const usualDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/** How a pod reaches its own API server; undefined outside of one. @throws DISK_* */
export async function readInCluster(
  environment: Readonly<Record<string, string | undefined>>,
  directory: string = usualDirectory,
): Promise<KubeAccess | undefined> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  const token = join(directory, 'token');
  if (!host || (await statPath(token)) === undefined) return undefined;
  const read = async (name: string): Promise<string> =>
    (await readWhole(join(directory, name), maxSize)).toString('utf8').trim();
  return {
    server: new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}/`),
    authority: await read('ca.crt'),
    isInsecure: false,
    credential: { kind: 'token-file', path: token },
    namespace: await read('namespace'),
  };
}
