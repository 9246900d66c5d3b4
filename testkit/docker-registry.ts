import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeFetch } from '../src/net/index.ts';
import { temporaryDirectory } from './context.ts';

/** Debian's docker-registry on a free port of loopback, until the test ends. */
export async function startDockerRegistry(): Promise<string> {
  const port = await freePort();
  const directory = temporaryDirectory();
  const config = join(directory, 'config.yml');
  const storage = `storage: { filesystem: { rootdirectory: ${directory}/data }, delete: { enabled: true } }`;
  writeFileSync(config, `version: 0.1\n${storage}\nhttp: { addr: 127.0.0.1:${port} }\nlog: { level: error }\n`);
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  const fetch = makeFetch();
  for (let count = 0; count < 100; count++) {
    const url = new URL(`http://127.0.0.1:${port}/v2/`);
    const up = await fetch({ method: 'GET', url }).catch(() => undefined);
    if (up?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return `127.0.0.1:${port}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
