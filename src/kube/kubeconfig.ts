import { dirname, isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import { describeError } from '../core/index.ts';
import { readWhole } from '../disk/index.ts';
import type { ExecCredential, KubeAccess, KubeCredential } from './access.ts';
import { Entries } from './entries.ts';
import { kubeError } from './errors.ts';

const maxSize = 4 * 2 ** 20;

/** What a kubeconfig says of its current context. @throws DISK_*, KUBE_CONFIG_INVALID */
export async function readKubeconfig(path: string): Promise<KubeAccess> {
  const text = (await readWhole(path, maxSize)).toString('utf8');
  const invalid = (reason: string): Error => kubeError('KUBE_CONFIG_INVALID', { data: { path, reason } });
  const config = new Entries(parseYaml(text, invalid), invalid);
  const context = config.named('contexts', config.text('current-context') ?? '').entries('context');
  const cluster = config.named('clusters', context.text('cluster') ?? '').entries('cluster');
  const user = config.named('users', context.text('user') ?? '').entries('user');
  const read = fileReader(path);
  const authority = await read(cluster, 'certificate-authority');
  const serverName = cluster.text('tls-server-name');
  if (cluster.text('proxy-url') !== undefined) throw invalid('proxy-url is not supported; set HTTPS_PROXY');
  return {
    server: toServer(cluster.text('server') ?? '', invalid),
    isInsecure: cluster.raw('insecure-skip-tls-verify') === true,
    namespace: context.text('namespace') ?? 'default',
    credential: await readCredential(user, path, read),
    ...(authority !== undefined && { authority }),
    ...(serverName !== undefined && { serverName }),
  };
}

type ReadFile = (entries: Entries, name: string) => Promise<string | undefined>;

/** What stands under `NAME-data` in base64, or in the file that `NAME` names, beside the kubeconfig. */
function fileReader(path: string): ReadFile {
  return async (entries, name) => {
    const data = entries.text(`${name}-data`);
    if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
    const file = entries.text(name);
    return file === undefined ? undefined : (await readWhole(beside(path, file), maxSize)).toString('utf8');
  };
}

async function readCredential(user: Entries, path: string, read: ReadFile): Promise<KubeCredential> {
  const certificate = await read(user, 'client-certificate');
  const key = await read(user, 'client-key');
  if (certificate !== undefined && key !== undefined) return { kind: 'certificate', certificate, key };
  const [tokenFile, token] = [user.text('tokenFile'), user.text('token')];
  if (tokenFile !== undefined) return { kind: 'token-file', path: beside(path, tokenFile) };
  if (token !== undefined) return { kind: 'token', token };
  const [username, password] = [user.text('username'), user.text('password')];
  if (username !== undefined && password !== undefined) return { kind: 'basic', username, password };
  if (user.raw('auth-provider') !== undefined) throw user.invalid('auth-provider is no longer supported; use exec');
  return user.raw('exec') === undefined ? { kind: 'none' } : readExec(user.entries('exec'), path);
}

function readExec(exec: Entries, path: string): ExecCredential {
  const command = exec.text('command');
  if (command === undefined) throw exec.invalid('exec has no command');
  return {
    kind: 'exec',
    apiVersion: exec.text('apiVersion') ?? 'client.authentication.k8s.io/v1',
    // A path is beside the kubeconfig, a bare name on PATH.
    program: command.includes('/') ? beside(path, command) : command,
    arguments: exec.texts('args'),
    environment: Object.fromEntries(
      exec.items('env').map((one): [string, string] => [one.text('name') ?? '', one.text('value') ?? '']),
    ),
    tellsCluster: exec.raw('provideClusterInfo') === true,
  };
}

function toServer(text: string, invalid: (reason: string) => Error): URL {
  if (!URL.canParse(text) || !/^https?:\/\//.test(text)) throw invalid('the cluster has no address');
  const server = new URL(text);
  if (!server.pathname.endsWith('/')) server.pathname += '/';
  return server;
}

function parseYaml(text: string, invalid: (reason: string) => Error): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw invalid(describeError(error));
  }
}

function beside(path: string, file: string): string {
  return isAbsolute(file) ? file : join(dirname(path), file);
}
