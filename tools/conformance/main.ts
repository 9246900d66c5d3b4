/**
 * Runs the conformance program of the OCI distribution specification against the embedded registry, with everything
 * that it can test switched on. The program is `conformance` on PATH:
 * `go install github.com/opencontainers/distribution-spec/conformance@latest`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Outcome, parseOutcome } from './outcome.ts';
import { type Place, places, type RunningPlace } from './places.ts';

const run = promisify(execFile);

if (await isMissing()) {
  console.log('Skipped: there is no program `conformance` on PATH.');
  process.exitCode = process.env['REQUIRE_PEERS'] === '1' ? 1 : 0;
} else {
  for (const place of places) await test(place);
}

async function isMissing(): Promise<boolean> {
  return run('sh', ['-c', 'command -v conformance']).then(
    () => false,
    () => true,
  );
}

async function test({ title, open }: Place): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'plimsoll-conformance-'));
  const place = await open(directory);
  try {
    const outcome = parseOutcome(await ask(place, directory));
    console.log(`${title}: ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`);
    for (const line of outcome.complaints) console.log(`  ${line}`);
    if (!isGood(outcome)) process.exitCode = 1;
  } finally {
    await place.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A run that tested nothing is no good one. */
function isGood({ passed, failed, skipped }: Outcome): boolean {
  return passed > 900 && failed === 0 && skipped === 0;
}

/** What the program prints; it ends with 1 when anything fails. */
async function ask({ host, environment }: RunningPlace, directory: string): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    OCI_REGISTRY: host,
    OCI_TLS: 'disabled',
    // Everything that is in the specification so far, also what no release has yet.
    OCI_VERSION: 'dev',
    OCI_RESULTS_DIR: join(directory, 'results'),
    ...environment,
  };
  return run('conformance', [], { cwd: directory, env, maxBuffer: 2 ** 28 }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
}
