import type { MadeSignature } from '../app/index.ts';
import type { PathOption } from '../core/index.ts';
import { writeOutput } from '../disk/index.ts';
import { bundleFileOption, newBundleOption } from '../sign/index.ts';
import type { Invocation } from './command.ts';
import type { Host } from './host.ts';

const privateMode = 0o600;

/** Writes a file that was asked for, and says so in cosign's words. */
export async function writePart(
  host: Host,
  path: string | undefined,
  content: string | Buffer,
  said: (path: string) => string,
): Promise<void> {
  if (path === undefined) return;
  await writeOutput(path, typeof content === 'string' ? content : once(content), privateMode);
  await host.stderr.write(`${said(path)}\n`);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

/** Writes the bundle in the form that was asked for; true when that is all there is to write. */
export async function writeBundle({ options, host }: Invocation, made: MadeSignature): Promise<boolean> {
  const isNew = options.get(newBundleOption);
  const path = options.get(bundleFileOption);
  await writePart(host, path, isNew ? made.bundle : made.legacyBundle, (name) => `Wrote bundle to file ${name}`);
  return isNew;
}

/** Warns of files that are not written beside a bundle. */
export async function sayUnwritten({ options, host }: Invocation, ignored: readonly PathOption[]): Promise<void> {
  if (!options.get(newBundleOption)) return;
  for (const option of ignored) {
    if (options.get(option) === undefined) continue;
    const shown = option.flag === 'rfc3161-timestamp-bundle' ? 'rfc3161-timestamp' : option.flag;
    await host.stderr.write(`WARNING: --${shown} is deprecated when using --new-bundle-format and will be ignored\n`);
  }
}

/** A stamp as cosign kept it before bundles. */
export function timestampJson(timestamp: Buffer): string {
  return JSON.stringify({ SignedRFC3161Timestamp: timestamp.toString('base64') });
}
