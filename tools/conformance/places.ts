import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { certificates } from '../../testkit/certificates.ts';

/** A registry that must conform, while it runs. */
export interface RunningPlace {
  /** `address:port`. */
  readonly host: string;
  /** Settings of the conformance program beyond those of every place. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface Place {
  readonly title: string;
  /** `directory` is an empty one. */
  open(directory: string): Promise<RunningPlace>;
}

const main = join(import.meta.dirname, '../../src/cli/main.ts');

export const places: readonly Place[] = [
  { title: 'in memory', open: () => serve([]) },
  { title: 'on disk', open: (directory) => serve(['--disk', join(directory, 'registry')]) },
  {
    title: 'on disk, with sparse manifests, TLS and a login',
    async open(directory) {
      const paths = ['cert.pem', 'key.pem', 'users', 'ca.pem'].map((name) => join(directory, name));
      const [cert = '', key = '', users = '', ca = ''] = paths;
      const { cert: certText, key: keyText, ca: caText } = certificates;
      await Promise.all([writeFile(cert, certText), writeFile(key, keyText), writeFile(ca, caText)]);
      await writeFile(users, `me:${await hash('secret', 5)}\n`);
      const tls = ['--tls-cert', cert, '--tls-key', key, '--htpasswd', users];
      const running = await serve(['--allow-sparse', '--disk', join(directory, 'registry'), ...tls]);
      const login = { OCI_USERNAME: 'me', OCI_PASSWORD: 'secret' };
      const environment = { ...login, OCI_TLS: 'enabled', OCI_DATA_SPARSE: 'true', SSL_CERT_FILE: ca };
      return { ...running, environment };
    },
  },
];

/** Runs the command, as users do. */
async function serve(args: readonly string[]): Promise<RunningPlace> {
  const words = [main, 'registry', 'serve', '--quiet', '--address', '127.0.0.1:0', ...args];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([once(child.stdout, 'data'), exited]);
  return {
    host: /:\/\/([^,]+),/.exec(String(line))?.[1] ?? '',
    environment: {},
    async close() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
