import type { AppError } from '../../core/index.ts';
import { trustError } from '../errors.ts';
import { publicMirror } from './cache.ts';

/** The root of keys of the public instance, as it was when the package that brings it was released. @throws TRUST_TUF_ROOT for another mirror */
export async function publicTufRoot(mirror: string): Promise<Buffer> {
  if (mirror.replace(/\/$/, '') !== publicMirror) throw tufRootError(`that of ${mirror} must be given`);
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } });
  return Buffer.from(seeds[publicMirror]['root.json'], 'base64');
}

export function tufRootError(reason: string): AppError {
  return trustError('TRUST_TUF_ROOT', { data: { reason } });
}
