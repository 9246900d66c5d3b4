import { type Clock, type Digest, type ImageReference, isAppError } from '../core/index.ts';
import type { Sleep } from '../kit/sleep.ts';
import type { Platform } from '../oci/index.ts';
import type { Answer, Failure } from './answer.ts';
import { pinError, toFailure } from './errors.ts';
import type { Images } from './images.ts';
import type { ImageWish } from './wish.ts';

export interface SettleOptions {
  readonly platform?: Platform;
  /** Milliseconds that an index which lacks a platform is waited for. */
  readonly wait: number;
}

export interface SettleContext {
  readonly images: Images;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly signal?: AbortSignal;
}

/** Between two looks at a tag. */
const interval = 15_000;

/**
 * What a tag means now. While its index lacks a platform that the present pin has, it is still being pushed: it is looked
 * at again until the time is up, and then not taken. @throws OCI_*, NET_*
 */
export async function settleImage(wish: ImageWish, options: SettleOptions, context: SettleContext): Promise<Answer> {
  const until = context.clock.now().getTime() + options.wait;
  for (let again = false; ; again = true) {
    const { digest, failure } = await look(wish, options, context, again);
    if (digest !== undefined) return { kind: 'image', digest, tag: wish.reference.tag };
    const left = until - context.clock.now().getTime();
    if (left <= 0) return { kind: 'kept', ...failure };
    await context.sleep(Math.min(interval, left), context.signal);
  }
}

type Look =
  | { readonly digest: Digest; readonly failure?: never }
  | { readonly digest?: never; readonly failure: Failure };

async function look(
  wish: ImageWish,
  { platform }: SettleOptions,
  { images }: SettleContext,
  again: boolean,
): Promise<Look> {
  const { reference, present } = wish;
  const digest = await images.digestOf(reference, platform, again);
  if (present === undefined || digest === present || platform !== undefined) return { digest };
  const before = await images.platformsOf({ ...reference, digest: present }).catch(absent);
  const now = before === undefined ? [] : await images.platformsOf({ ...reference, digest });
  const lost = before?.filter((each) => now !== undefined && !now.includes(each)) ?? [];
  if (lost.length === 0) return { digest };
  return { failure: toFailure(missing(reference, lost)) };
}

/** A pin whose image is gone says nothing of platforms. */
function absent(error: unknown): undefined {
  if (isAppError(error, 'OCI_REMOTE_NOT_FOUND')) return undefined;
  throw error;
}

function missing({ repository, tag }: ImageReference, platforms: readonly string[]): Error {
  const reference = `${repository}:${tag}`;
  return pinError('PIN_PLATFORM_MISSING', { data: { reference, platforms: platforms.join(', ') } });
}
