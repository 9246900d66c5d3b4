/**
 * Makes the image of the program with the program: the bundled command as one layer on an image that has Node.js.
 * `npm run image -- --base IMAGE --tag IMAGE [--platform OS/ARCH]… [--node PATH] [--insecure]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { programLayer } from './layer.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'bin/plimsoll.js');
const { values } = parseArgs({
  options: {
    base: { type: 'string' },
    tag: { type: 'string' },
    platform: { type: 'string', multiple: true, default: [] },
    node: { type: 'string', default: '/nodejs/bin/node' },
    insecure: { type: 'boolean', default: false },
  },
});
const { base, tag, platform: platforms, node } = values;
const insecure = values.insecure ? ['--insecure'] : [];

if (base === undefined || tag === undefined) {
  process.stderr.write('Say --base, an image with Node.js, and --tag, the name of the new image.\n');
  process.exitCode = 2;
} else {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-image-'));
  try {
    const layer = join(directory, 'layer.tar');
    writeFileSync(layer, programLayer(root));
    process.exitCode = make(base, tag, layer);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One image, or an index with one for each platform; answers with the exit code. */
function make(from: string, name: string, layer: string): number {
  if (platforms.length === 0) return makeOne(from, name, layer, []);
  const parts = platforms.map((platform) => ({ platform, name: `${name}-${platform.replaceAll('/', '-')}` }));
  for (const part of parts) {
    const code = makeOne(from, part.name, layer, ['--platform', part.platform]);
    if (code !== 0) return code;
  }
  const manifests = parts.flatMap((part) => ['--manifest', part.name]);
  return run(['index', 'append', ...manifests, '--tag', name, ...insecure]);
}

function makeOne(from: string, name: string, layer: string, platform: readonly string[]): number {
  const appended = ['append', '--base', from, '--new_layer', layer, '--new_tag', name, ...platform, ...insecure];
  const entrypoint = `${node},/opt/plimsoll/bin/plimsoll.js`;
  const settings = [
    '--entrypoint',
    entrypoint,
    '--user',
    '65532:65532',
    '--workdir',
    '/',
    '--env',
    'NODE_ENV=production',
  ];
  return run(appended) || run(['mutate', name, ...settings, '--tag', name, ...insecure]);
}

function run(args: readonly string[]): number {
  process.stdout.write(`$ plimsoll ${args.join(' ')}\n`);
  return spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' }).status ?? 1;
}
