import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeCertificateLog, type TestCertificateLog } from '../../testkit/sigstore/certificate-log.ts';
import { listen } from '../../testkit/sigstore/http/answer.ts';
import { certificateLogService } from '../../testkit/sigstore/http/certificate-log.ts';
import { makeIssuer, type TestIssuer } from '../../testkit/sigstore/http/issuer.ts';
import { makeKey } from '../../testkit/sigstore/keys.ts';
import { makeLog, type TestLog } from '../../testkit/sigstore/log.ts';
import { chainOf, signingConfigText, trustedRootText } from './documents.ts';
import { freePort, type RunningServer, startServer } from './server.ts';

/** Fulcio, Rekor 2 and a timestamp authority as they are released, with an issuer and a certificate log of the testkit. */
export interface LightStack {
  readonly issuer: TestIssuer;
  readonly trustedRoot: string;
  readonly signingConfig: string;
  stop(): Promise<void>;
}

/** Starts all of it on loopback; `directory` holds the log. The programs must be on PATH. */
export async function startLightStack(directory: string): Promise<LightStack> {
  const own = await startOwn();
  const running: RunningServer[] = [own];
  try {
    const log = await startRekor(directory);
    running.push(log.server);
    const [fulcio, timestamps] = await Promise.all([startFulcio(directory, own), startTimestamps(directory)]);
    running.push(fulcio, timestamps);
    const chains = await Promise.all([
      fetch(`${fulcio.url}/api/v2/trustBundle`).then(async (response) => chainOf(await response.text())),
      fetch(`${timestamps.url}/api/v1/timestamp/certchain`).then(async (response) => chainOf(await response.text())),
    ]);
    const urls = { fulcio: fulcio.url, log: log.server.url, timestamps: timestamps.url, issuer: own.issuer.url };
    return {
      issuer: own.issuer,
      trustedRoot: trustedRootText(log.log, own.certificateLog, chains),
      signingConfig: signingConfigText(urls),
      stop: () => stopAll(running),
    };
  } catch (error) {
    await stopAll(running);
    throw error;
  }
}

async function stopAll(running: readonly RunningServer[]): Promise<void> {
  await Promise.all(running.map((server) => server.stop()));
}

interface OwnServices extends RunningServer {
  readonly issuer: TestIssuer;
  readonly certificateLog: TestCertificateLog;
}

/** What nobody publishes as a program for a machine alone. */
async function startOwn(): Promise<OwnServices> {
  const issuer = makeIssuer();
  const certificateLog = makeCertificateLog();
  const listener = listen([issuer.service, certificateLogService(certificateLog)], []);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer.url = `${url}/oidc`;
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { url, stop, issuer, certificateLog };
}

/** Rekor 2 with a key of Ed25519, and its tiles in files. */
async function startRekor(directory: string): Promise<{ readonly server: RunningServer; readonly log: TestLog }> {
  const key = join(directory, 'rekor.pem');
  const [rpc, metrics] = [await freePort(), await freePort()];
  const made = makeKey('ed25519');
  await writeFile(key, made.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const server = await startServer({
    program: 'posix',
    directory,
    ready: '/healthz',
    args: (port) => [
      'serve',
      ...['--hostname', '127.0.0.1', '--http-port', String(port), '--grpc-port', String(rpc)],
      ...['--http-metrics-port', String(metrics), '--storage-dir', join(directory, 'tiles')],
      ...['--signer-filepath', key, '--checkpoint-interval', '500ms', '--log-level', 'error'],
    ],
  });
  return { server, log: makeLog({ url: server.url, version: 2, key: made }) };
}

async function startFulcio(directory: string, { url, issuer }: OwnServices): Promise<RunningServer> {
  const config = join(directory, 'fulcio.json');
  const known = { IssuerURL: issuer.url, ClientID: 'sigstore', Type: 'email' };
  await writeFile(config, JSON.stringify({ OIDCIssuers: { [issuer.url]: known } }));
  const [rpc, metrics] = [await freePort(), await freePort()];
  return startServer({
    program: 'fulcio',
    directory,
    ready: '/healthz',
    args: (port) => [
      'serve',
      ...['--ca', 'ephemeralca', '--config-path', config, '--ct-log-url', url],
      ...['--host', '127.0.0.1', '--port', String(port), '--grpc-host', '127.0.0.1', '--grpc-port', String(rpc)],
      ...['--metrics-port', String(metrics), '--legacy-unix-domain-socket', join(directory, 'fulcio.sock')],
    ],
  });
}

function startTimestamps(directory: string): Promise<RunningServer> {
  return startServer({
    program: 'timestamp-server',
    directory,
    ready: '/ping',
    args: (port) => [
      'serve',
      ...['--host', '127.0.0.1', '--port', String(port), '--timestamp-signer', 'memory', '--disable-ntp-monitoring'],
    ],
  });
}
