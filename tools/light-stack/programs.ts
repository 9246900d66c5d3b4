import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A server of Sigstore, as `go install` makes it. */
export interface Program {
  readonly name: string;
  readonly module: string;
}

/** The lightest stack that exists: files instead of databases, keys in memory. */
export const programs: readonly Program[] = [
  { name: 'fulcio', module: 'github.com/sigstore/fulcio@v1.8.8' },
  // The command is named after where it stores its tiles.
  { name: 'posix', module: 'github.com/sigstore/rekor-tiles/v2/cmd/rekor-server/posix@v2.3.0' },
  { name: 'timestamp-server', module: 'github.com/sigstore/timestamp-authority/v2/cmd/timestamp-server@v2.1.2' },
];

/** Those that are not on PATH. */
export async function missingPrograms(): Promise<Program[]> {
  const found = await Promise.all(programs.map(({ name }) => isThere(name)));
  return programs.filter((_, index) => !found[index]);
}

/** Builds all of them from their modules into a directory, which takes Go and some minutes. */
export async function installPrograms(directory: string): Promise<void> {
  for (const { module } of programs) {
    await run('go', ['install', module], { env: { ...process.env, GOBIN: directory } });
  }
}

function isThere(name: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${name}`]).then(
    () => true,
    () => false,
  );
}
