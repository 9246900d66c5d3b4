/** Plural names of kinds that are not made by the rules below. */
const irregular: Readonly<Record<string, string>> = { Endpoints: 'endpoints' };

/** What the API server calls objects of a kind (apimachinery, UnsafeGuessKindToResource), such as `deployments`. */
export function resourceOf(kind: string): string {
  const known = Object.hasOwn(irregular, kind) ? irregular[kind] : undefined;
  if (known !== undefined) return known;
  const word = kind.toLowerCase();
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

const kinds = [
  ...['ConfigMap', 'Secret', 'Namespace', 'ServiceAccount', 'Pod', 'Service', 'Node'],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'],
];

/** The kind of a resource that policies look up; undefined for one that is not known. */
export function kindOf(resource: string): string | undefined {
  return kinds.find((kind) => resourceOf(kind) === resource.toLowerCase());
}
