import { formatImageReference } from '../../../core/index.ts';
import { type PolicyImage, tagOf } from '../../images/name.ts';
import { quote } from '../../patterns/glob.ts';
import { findsPattern } from '../../patterns/regexp.ts';

/** Whether a pattern names an image: by its full name with its tag, its digest, or both. `*` stops at a slash, `**` does not. */
export function isNamed({ reference }: PolicyImage, pattern: string): boolean {
  const { registry, repository, digest } = reference;
  const tag = tagOf(reference);
  const name = { registry, repository };
  const names = [
    ...(tag === undefined ? [] : [formatImageReference({ ...name, tag })]),
    ...(digest === undefined ? [] : [formatImageReference({ ...name, digest })]),
    ...(tag === undefined || digest === undefined ? [] : [formatImageReference({ ...name, tag, digest })]),
  ];
  const expression = toExpression(pattern);
  return names.some((text) => findsPattern(expression, text));
}

/** An exception takes an image with a digest by that alone: its tag says nothing of it. */
export function isExcepted(image: PolicyImage, pattern: string): boolean {
  const { registry, repository, digest } = image.reference;
  const name = { registry, repository };
  const tag = digest === undefined ? tagOf(image.reference) : undefined;
  const text = formatImageReference({
    ...name,
    ...(digest !== undefined && { digest }),
    ...(tag !== undefined && { tag }),
  });
  return findsPattern(toExpression(pattern), text);
}

function toExpression(pattern: string): string {
  const parts = pattern.split(/(\*{2,}|\*)/);
  const written = parts.map((part) => (part === '*' ? '[^/]*' : part.startsWith('**') ? '.*' : quote(part)));
  return `^(?s:${written.join('')})$`;
}
