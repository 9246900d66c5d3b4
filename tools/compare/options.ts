import { parseArgs } from 'node:util';

export interface CompareOptions {
  /** The folder that holds images, databases and references; the working directory of the scans. */
  readonly directory: string;
  readonly images?: string;
  readonly cacheDir?: string;
  readonly reference?: string;
  /** Names of images to compare; all when empty. */
  readonly only: readonly string[];
  readonly json: boolean;
  /** Differences of one image that are printed. */
  readonly limit: number;
}

export const usage: string = `Usage: npm run compare -- DIR [options]

Scans the images of DIR/images with the database of DIR/db-* and compares with the reports of DIR/trivy-*.

  --images FOLDER      layouts and archives (default DIR/images)
  --cache-dir FOLDER   a cache directory with db/ and java-db/ (default DIR/db-*); copied, never written to
  --reference FOLDER   reports NAME.json (default DIR/trivy-* of the same letter)
  --only NAME          compare this image only; may be repeated
  --limit N            differences printed for each image (default 10)
  --json               everything as JSON

Exit code 0 when all is equal, 1 when anything differs, 2 when nothing could be compared.
`;

/** Undefined when the command line asks for help or makes no sense. */
export function parseOptions(args: readonly string[]): CompareOptions | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        images: { type: 'string' },
        'cache-dir': { type: 'string' },
        reference: { type: 'string' },
        only: { type: 'string', multiple: true },
        limit: { type: 'string', default: '10' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const { images, reference, only = [], json, limit } = values;
    const [directory = '.', ...more] = positionals;
    if (values.help || more.length > 0 || !/^\d+$/.test(limit)) return undefined;
    const cacheDir = values['cache-dir'];
    return {
      directory,
      only,
      json,
      limit: Number(limit),
      ...(images !== undefined && { images }),
      ...(cacheDir !== undefined && { cacheDir }),
      ...(reference !== undefined && { reference }),
    };
  } catch {
    return undefined;
  }
}
