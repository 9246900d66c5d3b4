/** True for two spellings of one version: `2.17` and `2.17.0`, `1.0` and `1.0.Final` (maven.apache.org/pom.html, "Version Order"). */
export function isSameVersion(a: string, b: string): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** Trailing parts that mean nothing: zeros, and the names of a release. */
function canonical(version: string): string {
  const parts = version.toLowerCase().split(/[.-]/);
  while (parts.length > 0 && /^(?:0*|ga|final|release)$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts.join('.');
}
