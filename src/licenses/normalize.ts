import { once } from '../kit/memoize.ts';
import { creativeCommons, gnuLicense, spellings } from './data.ts';
import { spdxIdentifiers } from './spdx/data.ts';

interface Known {
  readonly id: string;
  readonly orLater: boolean;
}

/** The SPDX identifier for a licence name as package metadata writes it; names of no known licence come back trimmed. */
export function normalizeLicense(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length > maxNameLength) return trimmed;
  const { key, orLater } = spellingKey(trimmed);
  const known = bySpelling().get(key);
  if (known !== undefined) return write(known.id, known.orLater || orLater);
  return findSpdxIdentifier(trimmed) ?? trimmed;
}

/** The identifier that `name` is but for upper and lower case. */
export function findSpdxIdentifier(name: string): string | undefined {
  return bySpdxIdentifier().get(name.toLowerCase());
}

/** No spelling comes near; what is longer is a text. */
const maxNameLength = 300;

const laterSuffixes: readonly string[] = ['+', '-OR-LATER', ' OR LATER'];
const onlySuffixes: readonly string[] = ['-ONLY', ' ONLY'];
const nounSuffixes: readonly string[] = [' LICENSE', ' LICENSED', '-LICENSE', '-LICENSED'];
const versionAtEnd =
  /([A-UW-Z)])(?: LICENSE)?\s*[,(-]?\s*(?:V|V\.|VER|VER\.|VERSION|VERSION-|-)?\s*([1-9](?:\.\d)*)\)?$/;

/** Brings spellings of one name together: upper case, no "License", no "only" or "or later", the version after a dash. */
function spellingKey(name: string): { readonly key: string; readonly orLater: boolean } {
  const plain = name.replace(/\s+/g, ' ').toUpperCase();
  if (plain.startsWith('HTTP')) return { key: plain, orLater: false };
  const bare = withoutNoun(plain.replaceAll('LICENCE', 'LICENSE').replace(/^THE /, ''));
  const earlier = laterSuffixes.reduce(withoutSuffix, bare);
  const key = onlySuffixes.reduce(withoutSuffix, earlier).replace(versionAtEnd, '$1-$2');
  return { key, orLater: earlier !== bare };
}

function withoutNoun(name: string): string {
  const bare = nounSuffixes.reduce(withoutSuffix, name);
  const shorter = bare === 'UNLICENSE' ? bare : withoutSuffix(bare, 'LICENSE');
  return shorter === 'UNLICENSED' ? shorter : withoutSuffix(shorter, 'LICENSED');
}

function withoutSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

/** GNU licences say `-only` or `-or-later`; others have a `+` for later versions (spdx-spec, annex D.3). */
function write(id: string, orLater: boolean): string {
  if (gnuLicense.test(id)) return `${id}${orLater ? '-or-later' : '-only'}`;
  return orLater ? `${id}+` : id;
}

const bySpelling = once((): ReadonlyMap<string, Known> => {
  const known = new Map<string, Known>();
  for (const [entry, others] of Object.entries(spellings)) {
    const id = withoutSuffix(entry, '+');
    const value = { id, orLater: id !== entry };
    if (id === entry) known.set(id.toUpperCase(), value);
    for (const other of others.split('|')) if (other !== '') known.set(other, value);
  }
  for (const kind of creativeCommons.kinds) {
    for (const version of creativeCommons.versions) {
      const value = { id: `CC-${kind}-${version}`, orLater: false };
      known.set(value.id, value);
      known.set(`HTTPS://CREATIVECOMMONS.ORG/LICENSES/${kind}/${version}`, value);
    }
  }
  return known;
});

const bySpdxIdentifier = once(
  (): ReadonlyMap<string, string> =>
    new Map(
      spdxIdentifiers
        .trim()
        .split(/\s+/)
        .map((id) => [id.toLowerCase(), id]),
    ),
);
