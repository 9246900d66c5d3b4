import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

const patience = 30_000;
const pause = 50;

/** A program that serves on loopback. */
export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** How a program is started on a port, and the path that answers once it serves. */
export interface ServerPlan {
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly ready: string;
  readonly directory: string;
}

/** Starts a program and waits until it answers. Throws with what it said when it does not. */
export async function startServer({ program, args, ready, directory }: ServerPlan): Promise<RunningServer> {
  const port = await freePort();
  const child = spawn(program, args(port), { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      said = `${said}${part.toString()}`.slice(-4000);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const stop = (): Promise<void> => end(child);
  for (const until = Date.now() + patience; Date.now() < until; ) {
    if (child.exitCode !== null) break;
    if (await answers(`${url}${ready}`)) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  await stop();
  throw new RangeError(`${program} does not serve: ${said}`);
}

/** A port of loopback that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
