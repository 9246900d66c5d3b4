import { fileURLToPath } from 'node:url';
import type { Fetcher } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import { type Fetch, isAppError } from '../../core/index.ts';
import { readWhole } from '../../disk/index.ts';
import { drain, followRedirects, readWholeBody } from '../../net/index.ts';

const maxRedirects = 5;
const notFound = 404;

/** What the TUF client asks for, over our own connections, or from a directory for a mirror `file://`. */
export function makeTufFetcher(fetch: Fetch, signal?: AbortSignal): Fetcher {
  const downloadBytes = (text: string, limit: number): Promise<Buffer> => {
    const url = new URL(text);
    return url.protocol === 'file:' ? readFile(url, limit) : download(fetch, url, limit, signal);
  };
  return {
    downloadBytes,
    // Targets are asked for by `downloadBytes`, so that every file is written by the rules of the disk room.
    downloadFile: () => Promise.reject(new DownloadHTTPError('not used', notFound)),
  };
}

async function readFile(url: URL, limit: number): Promise<Buffer> {
  try {
    return await readWhole(fileURLToPath(url), limit);
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND')) throw new DownloadHTTPError(error.message, notFound);
    throw error;
  }
}

async function download(fetch: Fetch, url: URL, limit: number, signal?: AbortSignal): Promise<Buffer> {
  const request = { method: 'GET', url, ...(signal !== undefined && { signal }) } as const;
  const { response } = await followRedirects(fetch, request, { limit: maxRedirects });
  if (response.status === 200) return readWholeBody(response, url.host, limit);
  await drain(response);
  throw new DownloadHTTPError(`${url.href} answered with status ${response.status}`, response.status);
}
