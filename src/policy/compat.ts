/** What peers do and is closed here unless asked for, by dialect. */
export const behaviours = [
  /** An image with a digest is compared without its tag, and none is given `library/`. */
  'kyverno.tag-dropped',
  /** Images that are mounted as volumes go by unseen. */
  'kyverno.image-volumes',
  /** A certificate that names nobody matches every subject. */
  'kyverno.nameless-certificate',
  /** Images that are mounted as volumes go by unseen. */
  'connaisseur.image-volumes',
  /** A threshold counts signatures, so that one signer may reach it by signing twice. */
  'connaisseur.count-signatures',
] as const;
export type Behaviour = (typeof behaviours)[number];

/** Words that may be asked for: a behaviour, or a dialect for all of its own. */
export const compatWords: readonly string[] = ['kyverno', 'connaisseur', 'policy-controller', ...behaviours];

/** Whether a behaviour is asked for. */
export type Compat = (behaviour: Behaviour) => boolean;

export function makeCompat(words: readonly string[]): Compat {
  return (behaviour) => words.includes(behaviour) || words.includes(behaviour.split('.')[0] ?? '');
}
