import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { certificates } from '../../testkit/certificates.ts';
import { type ApiAnswer, type CallApi, makeCaller } from './api.ts';
import { pathOf } from './binaries.ts';
import { freePorts, type RunningProgram, start } from './program.ts';

/** etcd, an API server and its controllers on loopback, with a directory of their own. */
export interface ControlPlane {
  readonly directory: string;
  /** `https://127.0.0.1:port`. */
  readonly url: string;
  /** The authority of the API server's certificate, in PEM. */
  readonly authority: string;
  /** A file with an administrator's access. */
  readonly kubeconfig: string;
  readonly call: CallApi;
  stopApi(): Promise<void>;
  startApi(): Promise<void>;
  /** Makes ReplicaSets and Pods of what is let in. */
  startControllers(): Promise<void>;
  stop(): Promise<void>;
}

const adminToken = 'admin-token';
const patience = 90_000;

/** Starts etcd and the API server. */
export async function startControlPlane(): Promise<ControlPlane> {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-cluster-'));
  const at = (name: string): string => join(directory, name);
  const [client = 0, peer = 0, port = 0] = await freePorts(3);
  writeSettings(at);
  const etcdUrl = `http://127.0.0.1:${client}`;
  const running = new Map<string, RunningProgram>();
  const run = (name: Parameters<typeof pathOf>[0], args: readonly string[]): void =>
    void running.set(name, start(pathOf(name), args, at(`${name}.log`)));
  const url = `https://127.0.0.1:${port}`;
  run('etcd', etcdArguments(at('etcd'), etcdUrl, `http://127.0.0.1:${peer}`));
  const stopOne = async (name: string): Promise<void> => {
    await running.get(name)?.stop();
    running.delete(name);
  };
  const plane: ControlPlane = {
    directory,
    url,
    kubeconfig: at('admin.kubeconfig'),
    get authority() {
      return readFileSync(at('certs/apiserver.crt'), 'utf8');
    },
    call: async (...request) => makeCaller(url, plane.authority, adminToken)(...request),
    stopApi: () => stopOne('kube-apiserver'),
    async startApi() {
      run('kube-apiserver', apiArguments(at, etcdUrl, port));
      await untilReady(plane, running.get('kube-apiserver'));
    },
    async startControllers() {
      run('kube-controller-manager', controllerArguments(plane.kubeconfig));
    },
    async stop() {
      for (const name of ['kube-controller-manager', 'kube-apiserver', 'etcd']) await stopOne(name);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    await plane.startApi();
    writeFileSync(plane.kubeconfig, kubeconfigOf(url, plane.authority, { token: adminToken }));
  } catch (error) {
    await plane.stop();
    throw error;
  }
  return plane;
}

/** A kubeconfig with one cluster and one user. */
export function kubeconfigOf(server: string, authority: string, user: object): string {
  const data = Buffer.from(authority).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': data } }],
    users: [{ name: 'test', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}

/** Keys, the administrator, and the certificate that webhooks are called with. */
function writeSettings(at: (name: string) => string): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(at('service-accounts.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  writeFileSync(at('tokens.csv'), `${adminToken},admin,admin,"system:masters"\n`);
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  const user = {
    'client-certificate-data': encode(certificates.cert),
    'client-key-data': encode(certificates.key),
  };
  writeFileSync(
    at('webhooks.kubeconfig'),
    JSON.stringify({ apiVersion: 'v1', kind: 'Config', users: [{ name: '*', user }] }),
  );
  const configuration = {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'WebhookAdmissionConfiguration',
    kubeConfigFile: at('webhooks.kubeconfig'),
  };
  const plugins = ['MutatingAdmissionWebhook', 'ValidatingAdmissionWebhook'].map((name) => ({ name, configuration }));
  writeFileSync(
    at('admission.json'),
    JSON.stringify({ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration', plugins }),
  );
}

function etcdArguments(data: string, client: string, peer: string): string[] {
  return [
    `--data-dir=${data}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ];
}

function apiArguments(at: (name: string) => string, etcd: string, port: number): string[] {
  return [
    `--etcd-servers=${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${at('certs')}`,
    `--service-account-key-file=${at('service-accounts.key')}`,
    `--service-account-signing-key-file=${at('service-accounts.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${at('tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.0.0.0/24',
    `--admission-control-config-file=${at('admission.json')}`,
    // No controller makes the accounts that pods would need.
    '--disable-admission-plugins=ServiceAccount',
    '--profiling=false',
  ];
}

function controllerArguments(kubeconfig: string): string[] {
  const controllers = ['deployment', 'replicaset', 'daemonset', 'statefulset', 'job', 'cronjob', 'garbagecollector'];
  return [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    `--controllers=${controllers
      .map((name) => `${name}-controller`)
      .join(',')
      .replace('garbagecollector', 'garbage-collector')}`,
  ];
}

async function untilReady({ call }: ControlPlane, program: RunningProgram | undefined): Promise<void> {
  const end = Date.now() + patience;
  let answer: ApiAnswer | undefined;
  while (Date.now() < end && program?.child.exitCode === null) {
    // Until the server has made its certificate nobody can be asked.
    answer = await call('GET', '/readyz').catch(() => undefined);
    if (answer?.status === 200) return;
    await wait(200);
  }
  throw new RangeError(`the API server did not start: ${program?.log()}`);
}
