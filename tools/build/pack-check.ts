/**
 * Packs the package as it would be published, installs the tarball in an empty directory, type-checks a small strict
 * program there and runs it. Needs the registry that npm is set up with, for the dependencies.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'plimsoll-pack-'));

function run(command: string, args: readonly string[], directory: string): string {
  return execFileSync(command, args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

const consumer = `import { isAppError, severities } from 'plimsoll';
import { makeContext, type Report, scanDirectory } from 'plimsoll/scan';

const context = makeContext({ cacheDir: './cache', signal: AbortSignal.timeout(60_000) });
try {
  const report: Report = await scanDirectory(
    { path: '.', tree: 'project', scanners: [], severities: severities.slice(3), gate: { exitCode: 1 } },
    context,
  );
  for (const { target, findings } of report.results) console.log(target, findings.length);
  console.log(report.verdict.result);
} catch (error) {
  console.error(isAppError(error) ? error.code : error);
  process.exitCode = 1;
}
`;

const tsconfig = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    outDir: 'out',
  },
  files: ['consumer.ts'],
};

try {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', home], root)) as {
    filename: string;
  }[];
  writeFileSync(join(home, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${packed?.filename}`], home);
  writeFileSync(join(home, 'consumer.ts'), consumer);
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify(tsconfig));
  // Its declarations name types of Node that a consumer brings.
  mkdirSync(join(home, 'node_modules/@types'), { recursive: true });
  for (const name of ['@types/node', 'undici-types'])
    symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name));
  run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], home);
  const printed = run(join(root, 'node_modules/.bin/node'), ['out/consumer.js'], home);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const called = run(join(home, 'node_modules/.bin/plimsoll'), ['--version'], home);
  if (printed.trim() !== 'pass' || !called.includes(version))
    throw new Error(`unexpected output: ${printed} ${called}`);
  run(join(root, 'node_modules/.bin/publint'), [join(home, 'node_modules/plimsoll')], root);
  console.log(`pack:check passed: ${packed?.filename} installs, type-checks and runs`);
} finally {
  rmSync(home, { recursive: true, force: true });
}
