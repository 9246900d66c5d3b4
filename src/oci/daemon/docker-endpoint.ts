import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { ociError } from '../errors.ts';
import { isObject, parseObject } from '../manifest.ts';
import { type DaemonTls, type EndpointChoice, parseDaemonHost, toUnix } from './endpoint.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const maxFile = 4 * 2 ** 20;

/** Where docker's client would look: DOCKER_HOST, the context in use, or the usual sockets. @throws OCI_DAEMON_ENDPOINT */
export async function dockerEndpoints(environment: Environment): Promise<EndpointChoice> {
  const { DOCKER_HOST: host, XDG_RUNTIME_DIR: runtime, HOME: home } = environment;
  if (host) return { endpoints: [parseDaemonHost(host, tlsOf(environment))], from: 'DOCKER_HOST' };
  const directory = environment['DOCKER_CONFIG'] || (home && join(home, '.docker'));
  const context = environment['DOCKER_CONTEXT'] || (directory && (await currentContext(directory)));
  if (context && context !== 'default' && directory) return readContext(directory, context);
  const own = [runtime && `${runtime}/docker.sock`, home && `${home}/.docker/run/docker.sock`];
  const usual = ['/var/run/docker.sock', ...own.filter((path): path is string => Boolean(path))];
  return { endpoints: usual.map((path) => toUnix(path)), from: 'the usual places' };
}

/** DOCKER_TLS_VERIFY asks for checks; a directory of certificates alone asks for TLS without. */
function tlsOf(environment: Environment): DaemonTls | undefined {
  const verify = Boolean(environment['DOCKER_TLS_VERIFY']);
  const home = environment['HOME'];
  const directory = environment['DOCKER_CERT_PATH'] || (verify && home ? join(home, '.docker') : undefined);
  if (!verify && directory === undefined) return undefined;
  return { verify, ...(directory !== undefined && { directory }) };
}

async function currentContext(directory: string): Promise<string | undefined> {
  const name = (await readJson(join(directory, 'config.json')))?.['currentContext'];
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** A context's files lie under the digest of its name (docker CLI, "context store"). */
async function readContext(directory: string, name: string): Promise<EndpointChoice> {
  const id = createHash('sha256').update(name).digest('hex');
  const from = `the docker context ${name}`;
  const meta = await readJson(join(directory, 'contexts', 'meta', id, 'meta.json'));
  const endpoints = meta?.['Endpoints'];
  const docker = isObject(endpoints) ? endpoints['docker'] : undefined;
  const host = isObject(docker) ? docker['Host'] : undefined;
  if (!isObject(docker) || typeof host !== 'string') {
    throw ociError('OCI_DAEMON_ENDPOINT', { data: { endpoint: from, reason: 'it does not exist, or names no host' } });
  }
  const material = join(directory, 'contexts', 'tls', id, 'docker');
  const hasTls = (await exists(join(material, 'ca.pem'))) || (await exists(join(material, 'cert.pem')));
  const tls = { verify: docker['SkipTLSVerify'] !== true, directory: material };
  return { endpoints: [parseDaemonHost(host, hasTls ? tls : undefined)], from };
}

async function readJson(path: string): Promise<Record<string, unknown> | undefined> {
  const bytes = await readOptional(path);
  return bytes === undefined ? undefined : parseObject(bytes);
}

async function exists(path: string): Promise<boolean> {
  return (await readOptional(path)) !== undefined;
}

/** A small file; undefined when it is not there. @throws DISK_UNREADABLE, DISK_FILE_TOO_LARGE */
export async function readOptional(path: string): Promise<Buffer | undefined> {
  return readWhole(path, maxFile).catch((error: unknown) => {
    if (isAppError(error, 'DISK_NOT_FOUND')) return undefined;
    throw error;
  });
}
