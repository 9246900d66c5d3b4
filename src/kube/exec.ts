import { askPlugin } from '../process/index.ts';
import type { ExecCredential, KubeAccess } from './access.ts';
import { Entries } from './entries.ts';
import { kubeError } from './errors.ts';
import type { Lent } from './presented.ts';

/** Milliseconds; a program may have to ask a cloud. */
const patience = 60_000;

/** Runs a credential program, which is told nothing but what it needs to know. @throws PROCESS_*, KUBE_CREDENTIAL_FAILED */
export async function askForCredential(
  credential: ExecCredential,
  { server, authority, isInsecure }: KubeAccess,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Lent> {
  const { program, apiVersion } = credential;
  const cluster = {
    server: server.href,
    ...(authority !== undefined && { 'certificate-authority-data': Buffer.from(authority).toString('base64') }),
    ...(isInsecure && { 'insecure-skip-tls-verify': true }),
  };
  const spec = { interactive: false, ...(credential.tellsCluster && { cluster }) };
  const asked = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec });
  const text = await askPlugin(
    program,
    { arguments: credential.arguments, input: '' },
    {
      environment: { ...environment, ...credential.environment, KUBERNETES_EXEC_INFO: asked },
      timeout: patience,
    },
  );
  return readCredential(text, (reason) => kubeError('KUBE_CREDENTIAL_FAILED', { data: { program, reason } }));
}

function readCredential(text: string, invalid: (reason: string) => Error): Lent {
  const status = new Entries(parseJson(text, invalid), invalid).entries('status');
  const [token, certificate, key, expires] = [
    status.text('token'),
    status.text('clientCertificateData'),
    status.text('clientKeyData'),
    status.text('expirationTimestamp'),
  ];
  const client = certificate !== undefined && key !== undefined ? { certificate, key } : undefined;
  if (token === undefined && client === undefined) throw invalid('it has neither a token nor a certificate');
  const until = expires === undefined ? undefined : new Date(expires);
  return {
    presented: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(client !== undefined && { client }),
    },
    ...(until !== undefined && !Number.isNaN(until.getTime()) && { until }),
  };
}

function parseJson(text: string, invalid: (reason: string) => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What it printed may be a secret.
    throw invalid('what it prints is no JSON');
  }
}
