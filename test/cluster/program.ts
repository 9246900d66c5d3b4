import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A server program that writes to a file. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** The end of what it has written. */
  readonly log: () => string;
  stop(): Promise<void>;
}

const grace = 20_000;

/** Starts a program whose output goes to a file. */
export function start(program: string, args: readonly string[], logFile: string): RunningProgram {
  const output = openSync(logFile, 'a');
  const child = spawn(program, args, { stdio: ['ignore', output, output], env: { PATH: process.env['PATH'] } });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
  return {
    child,
    log: () => readFileSync(logFile, 'utf8').slice(-4000),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), grace);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Ports of this machine that nothing listens on at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
