import { formatImageReference } from '../../../core/index.ts';
import type { PolicyImage } from '../../images/name.ts';
import { quote } from '../../patterns/glob.ts';
import { findsPattern } from '../../patterns/regexp.ts';

const allowed = /^[a-zA-Z0-9\-_:/*.@]+$/;

/** Why a glob is none of policy-controller's; undefined when it is. */
export function globMistake(glob: string): string | undefined {
  return allowed.test(glob) ? undefined : 'has characters beside letters, digits and - _ : / * . @';
}

/** Whether a glob names the image: by its full name or as it is written, by tag or by digest. */
export function isNamed({ text, reference }: PolicyImage, glob: string): boolean {
  const { registry, repository, digest, tag = digest === undefined ? 'latest' : undefined } = reference;
  const full = { registry: registry === 'docker.io' ? 'index.docker.io' : registry, repository };
  const names = [
    text,
    ...(tag === undefined ? [] : [formatImageReference({ ...full, tag })]),
    ...(digest === undefined ? [] : [formatImageReference({ ...full, digest })]),
    ...(tag === undefined || digest === undefined ? [] : [formatImageReference({ ...full, tag, digest })]),
  ];
  const expression = toExpression(glob);
  return names.some((name) => findsPattern(expression, name));
}

/** `**` is anything, `*` stops at a slash; alone they mean images of Docker Hub. */
function toExpression(glob: string): string {
  const whole = { '*': 'index.docker.io/library/*', '*/*': 'index.docker.io/*/*' }[glob] ?? glob;
  const parts = whole.split(/(\*{2,}|\*)/);
  const written = parts.map((part) => (part === '*' ? '[^/]*' : part.startsWith('*') ? '.*' : quote(part)));
  return `^(?s:${written.join('')})$`;
}
