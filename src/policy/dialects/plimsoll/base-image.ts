import { isAppError, isDigest, parseImageReference } from '../../../core/index.ts';
import { nameByDigest } from '../../images/name.ts';
import { type JsonObject, textAt } from '../../model/json.ts';
import type { ImageContent } from '../../model/need.ts';
import type { Answer, Question, QuestionRequirement } from '../../model/policy.ts';
import { daysSince } from './age.ts';

const names = { name: 'org.opencontainers.image.base.name', digest: 'org.opencontainers.image.base.digest' };

/** The base image, as the image's annotations or labels name it, must have been made no longer ago than so many days. */
export function baseImageQuestion(maxDays: number, isLenient: boolean): QuestionRequirement {
  return {
    kind: 'question',
    at: 'require.baseImage',
    demand: `a base image of the last ${maxDays} days`,
    isLenient,
    ask: (subject): Answer | undefined => {
      const own = contentOf(subject.name, subject);
      if (own?.kind !== 'content') return own;
      const base = baseOf(own.content);
      if (base === undefined) return { kind: 'missing', message: 'the image does not name its base image by digest' };
      const found = contentOf(base, subject);
      if (found?.kind !== 'content') return found;
      return judgeAge(found.content.config, subject.scope.now, maxDays);
    },
  };
}

type Found = { readonly kind: 'content'; readonly content: ImageContent } | Extract<Answer, { kind: 'missing' }>;

function contentOf(image: string, { asks }: Question): Found | undefined {
  const fact = asks.ask({ kind: 'content', image });
  return fact?.kind === 'unknown' ? { kind: 'missing', message: fact.reason.message } : fact;
}

/** The base image's name with its digest; a tag would be another image tomorrow. */
function baseOf({ manifest, config }: ImageContent): string | undefined {
  const told = (key: string): string =>
    textAt(manifest, 'annotations', key) ?? textAt(config, 'config', 'Labels', key) ?? '';
  const digest = told(names.digest);
  if (!isDigest(digest)) return undefined;
  try {
    return nameByDigest(parseImageReference(told(names.name)), digest);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function judgeAge(config: JsonObject, now: Date, maxDays: number): Answer {
  const created = Date.parse(textAt(config, 'created') ?? '');
  // Builds that can be repeated say that they were made at the beginning of all times.
  if (Number.isNaN(created) || created <= 0)
    return { kind: 'missing', message: 'the base image does not say when it was made' };
  const age = daysSince(created, now);
  return age <= maxDays
    ? { kind: 'holds' }
    : { kind: 'fails', message: `the base image is ${Math.floor(age)} days old` };
}
