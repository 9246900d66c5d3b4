import { type NamedImagesInput, namedImages } from '../app/index.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';
import { verifyAndTell } from './verified-image.ts';

export interface FileWish {
  readonly file: NamedImagesInput['file'];
  /** Only the image that what is built in the end starts from. */
  readonly baseOnly?: boolean;
}

const titles = { dockerfile: 'Dockerfile', manifest: 'manifest' } as const;

/** Verifies every image that a file names; resolves to the exit code. @throws CLI_FILE_WITHOUT_IMAGES, and what reading it throws */
export async function verifyFile(invocation: Invocation, { file, baseOnly = false }: FileWish): Promise<number> {
  const { operands, host } = invocation;
  const named = await namedImages({ file, path: operands[0] ?? '', variables: host.environment });
  for (const name of named.ignored) await host.stderr.write(`- ${toNote(name)}\n`);
  const images = baseOnly ? [named.base].filter((image) => image !== undefined) : named.images;
  if (images.length === 0) throw cliError('CLI_FILE_WITHOUT_IMAGES', { data: { file: titles[file] } });
  await host.stderr.write(`Extracted image(s): ${images.join(', ')}\n`);
  return verifyAndTell({ ...invocation, operands: images });
}

function toNote(name: string): string {
  return name === 'scratch' ? 'scratch image ignored' : `stage reference ignored: ${name}`;
}
