import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Ended, SigningPlace } from './signing.ts';

const run = promisify(execFile);

/** Runs a command line of cosign in a place. */
export type Program = (
  place: SigningPlace,
  words: readonly string[],
  environment?: Readonly<Record<string, string>>,
) => Promise<Ended>;

/** Ourselves under the name cosign, and cosign itself from PATH. */
export const programs: Readonly<Record<'ours' | 'cosign', Program>> = {
  ours: (place, words, environment = {}) => place.run(['cosign', ...words], { environment }),
  cosign: async ({ directory }, words, environment = {}) => {
    const own = { HOME: directory, PATH: process.env['PATH'], COSIGN_PASSWORD: '', TUF_ROOT: `${directory}/tuf` };
    const env = { ...own, ...environment };
    return run('cosign', [...words], { cwd: directory, env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  },
};
