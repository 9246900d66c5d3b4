/**
 * Builds a large, ordinary image as an OCI layout: a Debian base (debootstrap), Python wheels (pip), node_modules (npm),
 * and an application layer. `node bench/build-image.ts DIR`. Needs root, debootstrap, pip, npm and tar.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const wheels: readonly string[] = [
  'numpy==1.26.4',
  'pandas==2.2.2',
  'scipy==1.13.1',
  'scikit-learn==1.5.0',
  'matplotlib==3.9.0',
  'django==3.2.10',
  'requests==2.19.1',
  'pillow==10.2.0',
  'cryptography==41.0.0',
  'sqlalchemy==2.0.30',
  'fastapi==0.110.0',
  'jinja2==2.11.3',
];
const nodePackages: readonly string[] = [
  'express@4.17.1',
  'lodash@4.17.15',
  'webpack@5.90.0',
  'react@18.2.0',
  'typescript@5.4.5',
  'eslint@8.57.0',
  'jest@29.7.0',
];

interface BuiltLayer {
  readonly digest: string;
  readonly diffId: string;
  readonly size: number;
  readonly createdBy: string;
}

const out = resolve(process.argv[2] ?? 'bench-image');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
const blobs = join(out, 'blobs/sha256');
mkdirSync(blobs, { recursive: true });

try {
  const layers = [
    await layer('debootstrap bookworm', (root) =>
      run('debootstrap', [
        '--variant=minbase',
        '--include=python3,curl,git,perl,ca-certificates,openssl',
        'bookworm',
        root,
      ]),
    ),
    await layer('pip install', (root) => {
      const target = join(root, 'usr/local/lib/python3.12/site-packages');
      run('pip', [
        'install',
        '--quiet',
        '--no-deps',
        '--target',
        target,
        '--python-version=3.12',
        '--only-binary=:all:',
        ...wheels,
      ]);
    }),
    await layer('npm install', (root) => {
      const app = join(root, 'app');
      mkdirSync(app, { recursive: true });
      writeFileSync(join(app, 'package.json'), '{"name":"task-api","version":"1.0.0"}\n');
      run('npm', ['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', ...nodePackages], app);
    }),
    await layer('COPY . /app', (root) => {
      mkdirSync(join(root, 'app/src'), { recursive: true });
      writeFileSync(join(root, 'app/src/main.py'), 'print("ready")\n');
    }),
  ];
  writeLayout(layers);
  process.stdout.write(`${out}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function layer(createdBy: string, fill: (root: string) => void): Promise<BuiltLayer> {
  const root = mkdtempSync(join(work, 'root-'));
  process.stderr.write(`${createdBy}\n`);
  fill(root);
  const tar = join(work, 'layer.tar');
  run('tar', [
    '--sort=name',
    '--mtime=@1700000000',
    '--exclude=./proc/*',
    '--exclude=./dev/*',
    '-cf',
    tar,
    '-C',
    root,
    '.',
  ]);
  const diffId = await sha256(tar);
  run('gzip', ['-n', '-6', tar]);
  const digest = await sha256(`${tar}.gz`);
  const { size } = statSync(`${tar}.gz`);
  renameAcross(`${tar}.gz`, join(blobs, digest));
  rmSync(root, { recursive: true, force: true });
  return { digest, diffId, size, createdBy };
}

function writeLayout(layers: readonly BuiltLayer[]): void {
  const config = blob({
    architecture: 'amd64',
    os: 'linux',
    created: '2023-11-14T22:13:20Z',
    config: { Env: ['PATH=/usr/local/bin:/usr/bin:/bin'], Cmd: ['python3', '/app/src/main.py'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => `sha256:${diffId}`) },
    history: layers.map(({ createdBy }) => ({ created: '2023-11-14T22:13:20Z', created_by: createdBy })),
  });
  const manifest = blob({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: layers.map(({ digest, size }) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest: `sha256:${digest}`,
      size,
    })),
  });
  const entry = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    ...manifest,
    platform: { architecture: 'amd64', os: 'linux' },
    annotations: { 'org.opencontainers.image.ref.name': 'latest' },
  };
  writeFileSync(join(out, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  writeFileSync(join(out, 'index.json'), JSON.stringify({ schemaVersion: 2, mediaType, manifests: [entry] }));
}

function blob(content: unknown): { digest: string; size: number } {
  const bytes = Buffer.from(JSON.stringify(content));
  const digest = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(blobs, digest), bytes);
  return { digest: `sha256:${digest}`, size: bytes.length };
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** The temporary directory may be another file system than the output. */
function renameAcross(from: string, to: string): void {
  if (existsSync(to)) rmSync(from);
  else if (statSync(from).dev === statSync(out).dev) renameSync(from, to);
  else {
    run('cp', [from, to]);
    rmSync(from);
  }
}

function run(command: string, args: readonly string[], cwd?: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
