/** How Go writes a module in a version: `example.org/module@v1.2.3`. */
export function moduleId(path: string, version: string): string {
  if (version === '') return path;
  return `${path}@${version.startsWith('v') ? '' : 'v'}${version}`;
}
