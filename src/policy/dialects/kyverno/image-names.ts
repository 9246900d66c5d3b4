import { type PolicyImage, tagOf, writtenRepository } from '../../images/name.ts';
import { matchesWildcard } from '../../patterns/wildcard.ts';

/** Whether one of the patterns names the image, by its tag or by its digest, with or without `library/`. */
export function isNamed(image: PolicyImage, patterns: readonly string[]): boolean {
  const names = namesOf(image);
  return patterns.some((pattern) => names.some((name) => matchesWildcard(pattern, name)));
}

/** Whether an exception names the image. An image with a digest is named by that alone: its tag says nothing of it. */
export function isExcepted(image: PolicyImage, patterns: readonly string[]): boolean {
  const { registry, digest } = image.reference;
  const name = `${registry}/${writtenRepository(image)}`;
  const full = digest === undefined ? `${name}:${tagOf(image.reference)}` : `${name}@${digest}`;
  return patterns.some((pattern) => matchesWildcard(pattern, full));
}

function namesOf(image: PolicyImage): string[] {
  const { registry, repository, digest } = image.reference;
  const tag = tagOf(image.reference);
  return [...new Set([writtenRepository(image), repository])].flatMap((path) => {
    const name = `${registry}/${path}`;
    return [
      ...(tag === undefined ? [] : [`${name}:${tag}`]),
      ...(digest === undefined ? [] : [`${name}@${digest}`]),
      ...(tag === undefined || digest === undefined ? [] : [`${name}:${tag}@${digest}`]),
    ];
  });
}
