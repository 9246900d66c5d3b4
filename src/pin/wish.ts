import {
  type Digest,
  formatImageReference,
  type ImageReference,
  isAppError,
  parseImageReference,
} from '../core/index.ts';
import { isCommit } from './commit.ts';
import type { ActionSubject, ImageSubject, Site } from './site.ts';

/** Something to be asked for: what a tag means now. */
export type Wish = ImageWish | ActionWish;

export interface ImageWish {
  readonly kind: 'image';
  readonly key: string;
  /** With a tag and without a digest. */
  readonly reference: ImageReference & { readonly tag: string };
  /** The present pin. */
  readonly present?: Digest;
}

export interface ActionWish {
  readonly kind: 'action';
  readonly key: string;
  readonly repository: string;
  /** A tag or branch. */
  readonly revision: string;
  readonly present?: string;
}

/** What can be said of a site before anybody is asked. */
export type Judgement =
  | { readonly kind: 'wish'; readonly wish: Wish }
  /** Pinned, and nothing says which tag it follows. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'unpinnable'; readonly reason: string; readonly elsewhere: boolean };

export function judgeSite({ subject }: Site): Judgement {
  switch (subject.kind) {
    case 'open':
      return { kind: 'unpinnable', reason: subject.reason, elsewhere: subject.elsewhere === true };
    case 'image':
      return judgeImage(subject);
    case 'action':
      return judgeAction(subject);
  }
}

function judgeImage({ reference: text, form }: ImageSubject): Judgement {
  const parsed = parse(text);
  if (typeof parsed === 'string') return { kind: 'unpinnable', reason: parsed, elsewhere: false };
  const { digest, ...named } = parsed;
  const noted = form.kind === 'instead' ? form.note.tag : undefined;
  const tag = named.tag ?? noted;
  if (digest !== undefined && tag === undefined) return { kind: 'settled' };
  const reference = { ...named, tag: tag ?? 'latest' };
  const key = formatImageReference(reference);
  return { kind: 'wish', wish: { kind: 'image', key, reference, ...(digest !== undefined && { present: digest }) } };
}

function parse(text: string): ImageReference | string {
  try {
    return parseImageReference(text);
  } catch (error) {
    if (isAppError(error, 'CORE_REFERENCE_INVALID')) return `it is no image reference: ${error.data['reason']}`;
    throw error;
  }
}

function judgeAction({ repository, revision, note }: ActionSubject): Judgement {
  const present = isCommit(revision) ? revision : undefined;
  const tag = present === undefined ? revision : note.tag;
  if (tag === undefined) return { kind: 'settled' };
  const wish = { kind: 'action' as const, key: `${repository}@${tag}`, repository, revision: tag };
  return { kind: 'wish', wish: { ...wish, ...(present !== undefined && { present }) } };
}
