import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { makeFetch } from '../../src/net/index.ts';
import { certificates } from '../../testkit/certificates.ts';
import { readAll, temporaryDirectory } from '../../testkit/context.ts';
import { clusterPolicyText } from '../../testkit/policy-texts.ts';
import { startRegistry, type TestRegistry } from '../../testkit/registry.ts';
import { awaitServed, type ServedProgram } from '../../testkit/served.ts';
import { startCli } from '../e2e/cli.ts';
import type { ApiAnswer } from './api.ts';
import type { ControlPlane } from './control-plane.ts';
import { deploymentOf, podNamed } from './objects.ts';
import { issuerUrl, stack } from './signing.ts';
import { register } from './webhooks.ts';

/** A registry that stands in for ghcr.io, files, and a namespace that nothing is in yet. */
export interface Workplace {
  readonly plane: ControlPlane;
  readonly registry: TestRegistry;
  readonly namespace: string;
  readonly home: string;
  /** Where it serves, when the port was given. */
  readonly address: string;
  /** Writes a file; resolves to its path. */
  readonly write: (name: string, text: string) => string;
  readonly serve: (...more: readonly string[]) => Promise<ServedProgram>;
  /** Has the API server ask who serves. */
  readonly ask: (served: ServedProgram) => Promise<void>;
  /** What a probe of readiness is told. */
  readonly probe: (served: ServedProgram) => Promise<{ readonly status: number; readonly text: string }>;
  /** Serves, and has the API server ask. */
  readonly guard: (...more: readonly string[]) => Promise<ServedProgram>;
  readonly createPod: (name: string, image: string) => Promise<ApiAnswer>;
  readonly createDeployment: (name: string, image: string) => Promise<ApiAnswer>;
}

/** The ClusterPolicy that users have. */
export const clusterPolicy: string = clusterPolicyText({ issuer: issuerUrl });

let spaces = 0;

export interface WorkplaceOptions {
  readonly policy?: string;
  readonly port?: number | undefined;
  /** Where policies are; in the cluster they are put by tests. */
  readonly from?: 'files' | 'cluster';
  /** Certificates in files, or in a Secret and for this machine's address. */
  readonly certificates?: 'files' | 'own';
}

/** By the policy of users in a file, at any port, unless given. */
export async function makeWorkplace(
  plane: ControlPlane,
  { policy = clusterPolicy, port = 0, from = 'files', certificates: kept = 'files' }: WorkplaceOptions = {},
): Promise<Workplace> {
  const home = temporaryDirectory();
  const registry = await startRegistry();
  const write = (name: string, text: string): string => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const namespace = `shop-${++spaces}-${process.pid}`;
  await createNamespace(plane, namespace);
  const files = [
    from === 'files'
      ? ['--policy', write('policy.yaml', policy)]
      : ['--policies-from', 'cluster', '--kubeconfig', plane.kubeconfig],
    ['--trusted-root', write('root.json', stack.trustedRoot())],
    ['--config', write('config.yaml', `registry: {mirrors: {ghcr.io: ["http://${registry.host}"]}}\n`)],
    ...(kept === 'own'
      ? [['--certificates', 'own', '--certificate-name', '127.0.0.1', '--kubeconfig', plane.kubeconfig]]
      : [
          ['--tls-cert', write('tls.crt', certificates.cert)],
          ['--tls-key', write('tls.key', certificates.key)],
        ]),
    ['--client-ca', write('ca.crt', certificates.ca)],
  ];
  const settings = [...files.flat(), '--address', `127.0.0.1:${port}`, '--reload-every', '100ms'];
  const serve = (...more: readonly string[]): Promise<ServedProgram> =>
    awaitServed(startCli(['admission', 'serve', ...settings, ...more]));
  return {
    plane,
    registry,
    namespace,
    home,
    address: `127.0.0.1:${port}`,
    write,
    serve,
    ask: (served) => register(plane, served),
    probe,
    async guard(...more) {
      const served = await serve(...more);
      await register(plane, served);
      return served;
    },
    createPod: (name, image) => plane.call('POST', `/api/v1/namespaces/${namespace}/pods`, podNamed(name, image)),
    createDeployment: (name, image) =>
      plane.call('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, deploymentOf(name, image)),
  };
}

export async function createNamespace({ call }: ControlPlane, name: string): Promise<void> {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  expect(await call('POST', '/api/v1/namespaces', object)).toMatchObject({ status: 201 });
}

/** What stands at the first image of a pod, or of the pods that an object makes. */
export function imageIn(answer: ApiAnswer): string | undefined {
  return /"image":"([^"]+)"/.exec(JSON.stringify(answer.body['spec']))?.[1];
}

async function probe({ host }: ServedProgram): Promise<{ readonly status: number; readonly text: string }> {
  const fetch = makeFetch({ certificateAuthorities: [certificates.ca] });
  const response = await fetch({ method: 'GET', url: new URL(`https://${host}/readyz`) });
  return { status: response.status, text: (await readAll(response.body)).toString() };
}
