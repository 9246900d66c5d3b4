/** How npm writes a package in a version: `name@1.2.3`. */
export function packageId(name: string, version: string): string {
  return version === '' ? name : `${name}@${version}`;
}
