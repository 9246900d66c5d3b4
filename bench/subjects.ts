import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Command, measure } from './measure.ts';

/** One thing to measure on an image. */
export interface Subject {
  readonly name: string;
  readonly command: Command;
  /** Run before each measurement and not measured. */
  readonly prepare?: () => void;
}

export interface BenchImage {
  readonly name: string;
  readonly path: string;
  /** Files of the layers, packed, in order. */
  readonly layers: readonly string[];
}

const root = join(import.meta.dirname, '..');
const scanFlags: readonly string[] = [
  '--skip-db-update',
  '--skip-java-db-update',
  '--offline-scan',
  '--scanners',
  'vuln',
  '--quiet',
  '--format',
  'json',
];

/** An OCI layout directory, or a docker-archive or layout tar as one file. */
export function readImage(path: string): BenchImage {
  const name = basename(path);
  if (!statSync(path).isDirectory()) return { name, path, layers: [path] };
  const blob = (digest: string): string => join(path, 'blobs', digest.replace(':', '/'));
  const readJson = (file: string): { manifests?: { digest: string }[]; layers?: { digest: string }[] } =>
    JSON.parse(readFileSync(file, 'utf8'));
  let document = readJson(join(path, 'index.json'));
  while (document.manifests?.[0] !== undefined) document = readJson(blob(document.manifests[0].digest));
  return { name, path, layers: (document.layers ?? []).map(({ digest }) => blob(digest)) };
}

/** Unpacked bytes of all layers. */
export function unpackedSize({ layers }: BenchImage): number {
  return layers.reduce((sum, file) => sum + Number(execFileSync('sh', ['-c', `${unpack(file)} | wc -c`])), 0);
}

/** Ours cold and warm, what bounds them from below, and the peers that are installed. */
export function subjectsFor(image: BenchImage, cacheDir: string): Subject[] {
  const ours: Command = {
    program: join(root, 'node_modules/.bin/node'),
    args: [join(root, 'bin/plimsoll.js'), 'image', '--input', image.path, '--cache-dir', cacheDir, ...scanFlags],
  };
  const clear = (): void => {
    for (const kept of ['layers', 'reports'])
      rmSync(join(cacheDir, 'plimsoll', kept), { recursive: true, force: true });
  };
  const pipes = image.layers.map((file) => `${unpack(file)} | sha256sum`).join(' && ');
  return [
    { name: 'plimsoll cold', command: ours, prepare: clear },
    { name: 'plimsoll warm', command: ours },
    { name: 'gzip -dc | sha256sum', command: { program: 'sh', args: ['-c', pipes] } },
    { name: 'node -e 0', command: { program: ours.program, args: ['-e', '0'] } },
    ...peers(image, cacheDir),
  ];
}

/** Uses a peer only if it is on PATH and can do the job here at all. */
export async function usable(subject: Subject): Promise<boolean> {
  try {
    subject.prepare?.();
    await measure(subject.command);
    return true;
  } catch (error) {
    process.stderr.write(`left out ${subject.name}: ${(error as Error).message.slice(0, 200)}\n`);
    return false;
  }
}

function peers(image: BenchImage, cacheDir: string): Subject[] {
  const layout = existsSync(join(image.path, 'index.json')) ? `oci-dir:${image.path}` : image.path;
  const fanal = join(cacheDir, 'fanal');
  const trivy: Command = {
    program: 'trivy',
    args: ['--cache-dir', cacheDir, 'image', '--input', image.path, '--skip-check-update', ...scanFlags],
  };
  return [
    { name: 'trivy cold', command: trivy, prepare: () => rmSync(fanal, { recursive: true, force: true }) },
    { name: 'trivy warm', command: trivy },
    {
      name: 'syft',
      command: {
        program: 'syft',
        args: ['scan', layout, '-q', '-o', 'syft-json'],
        env: { SYFT_CHECK_FOR_APP_UPDATE: 'false' },
      },
    },
    {
      name: 'grype',
      command: {
        program: 'grype',
        args: [layout, '-q'],
        env: { GRYPE_DB_AUTO_UPDATE: 'false', GRYPE_CHECK_FOR_APP_UPDATE: 'false' },
      },
    },
  ];
}

function unpack(file: string): string {
  const magic = readFileSync(file).subarray(0, 2);
  return magic[0] === 0x1f && magic[1] === 0x8b ? `gzip -dc < '${file}'` : `cat '${file}'`;
}
