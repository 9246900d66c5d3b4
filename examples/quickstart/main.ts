/**
 * The whole way of an image on this machine alone: pushed, scanned, signed, verified, and let into a cluster.
 * `npm run quickstart -- [--out DIR] [--port N] [--keep]`
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { formatError } from '../../src/cli/output/error.ts';
import { environmentOf, writeConfiguration } from './environment.ts';
import { runPlimsoll, startPlimsoll } from './run-command.ts';
import type { Stage } from './step.ts';
import { steps } from './steps/list.ts';
import { startRegistry } from './steps/serve.ts';
import { startSigstore } from './steps/sigstore.ts';

const root = join(import.meta.dirname, '../..');
process.chdir(root);
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'quickstart-out' },
    port: { type: 'string', default: '0' },
    keep: { type: 'boolean', default: false },
  },
});
const out = resolve(values.out);
const shown = relative(root, out) || '.';
const environment = environmentOf(shown);
const started: { close(): Promise<void> }[] = [];
const print = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  await main();
} catch (error) {
  process.stderr.write(formatError(error, { colour: process.stderr.isTTY, debug: false }));
  process.exitCode = 1;
} finally {
  await Promise.all(started.map((server) => server.close()));
}

async function main(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeConfiguration(out);
  heading(1, "Start a registry and Sigstore's services on loopback");
  const stage = await setStage();
  for (const [index, { title, run }] of steps.entries()) {
    heading(index + 2, title);
    await run(stage);
  }
  heading(steps.length + 2, 'What is left behind');
  print(`${shown}/report.json, report.sarif, sbom.cdx.json, sbom.spdx.json, verified-person.json, policy.yaml, …`);
  if (values.keep) await keep();
  else print('Run it with `-- --keep` to keep the servers for commands of your own.');
}

async function setStage(): Promise<Stage> {
  const registry = await startRegistry(out, Number(values.port));
  started.push(registry);
  const sigstore = await startSigstore(out);
  started.push(sigstore);
  print(`registry http://${registry.host}/v2/, issuer ${sigstore.issuer}`);
  for (const [name, value] of Object.entries(environment)) print(dim(`$ export ${name}=${value}`));
  const show = (args: readonly string[]): void => print(dim(`$ bin/plimsoll.js ${args.join(' ')}`));
  return {
    out: shown,
    registry: registry.host,
    sigstore,
    image: `${registry.host}/demo/task-api:1.0.0`,
    unsigned: `${registry.host}/demo/unsigned:1.0.0`,
    say: print,
    plimsoll(args, into) {
      show(into === undefined ? args : [...args, '>', into]);
      return runPlimsoll(args, environment, into);
    },
    async serve(args) {
      show(args);
      const server = await startPlimsoll(args, environment, join(out, 'admission.log'));
      started.push(server);
      return server.host;
    },
  };
}

function heading(number: number, title: string): void {
  print(`${number === 1 ? '' : '\n'}${styleText('bold', `${number}. ${title}`, { stream: process.stdout })}`);
}

function dim(text: string): string {
  return styleText('dim', text, { stream: process.stdout });
}

/** Waits for an interrupt. */
async function keep(): Promise<void> {
  print('All servers run until you press Ctrl-C. The commands above can be pasted into another terminal.');
  await new Promise<void>((done) => {
    const timer = setInterval(() => undefined, 60_000);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(timer);
        done();
      });
    }
  });
}
