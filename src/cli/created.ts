import { writeOutput } from '../disk/index.ts';
import { outOption } from '../trust/index.ts';
import type { Invocation } from './command.ts';
import { exitCodes } from './exit-codes.ts';

const ownerOnly = 0o600;

/** Writes a document that was made to the file that is named, or to the standard output. */
export async function writeCreated({ options, host }: Invocation, text: string): Promise<number> {
  const path = options.get(outOption);
  if (path === undefined) await host.stdout.write(`${text}\n`);
  else await writeOutput(path, text, ownerOnly);
  return exitCodes.clean;
}
