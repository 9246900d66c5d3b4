/**
 * The whole way of an image on this machine alone: a registry, a push, a scan, a gate, reports and SBOMs.
 * `npm run quickstart -- [--out DIR] [--port N] [--keep]`
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { formatError } from '../../src/cli/output/error.ts';
import { runPlimsoll } from './run-command.ts';
import type { Stage } from './step.ts';
import { steps } from './steps/list.ts';
import { startRegistry } from './steps/serve.ts';

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
const print = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  await main();
} catch (error) {
  process.stderr.write(formatError(error, { colour: process.stderr.isTTY, debug: false }));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  heading(1, 'Start a registry on loopback');
  const registry = await startRegistry(out, Number(values.port));
  print(`http://${registry.host}/v2/`);
  const stage: Stage = {
    out: shown,
    registry: registry.host,
    image: `${registry.host}/demo/task-api:1.0.0`,
    say: print,
    plimsoll: (args) => {
      print(dim(`$ bin/plimsoll.js ${args.join(' ')}`));
      return runPlimsoll(args);
    },
  };
  try {
    for (const [index, { title, run }] of steps.entries()) {
      heading(index + 2, title);
      await run(stage);
    }
    heading(steps.length + 2, 'What is left behind');
    print(`${shown}/report.json, report.sarif, sbom.cdx.json, sbom.spdx.json`);
    if (values.keep) await keep(registry.host);
    else print('Run it with `-- --keep` to keep the registry for commands of your own.');
  } finally {
    await registry.close();
  }
}

function heading(number: number, title: string): void {
  print(`${number === 1 ? '' : '\n'}${styleText('bold', `${number}. ${title}`, { stream: process.stdout })}`);
}

function dim(text: string): string {
  return styleText('dim', text, { stream: process.stdout });
}

/** Waits for an interrupt. */
async function keep(host: string): Promise<void> {
  print(`The registry ${host} runs until you press Ctrl-C. The commands above can be pasted into another terminal.`);
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
