const archiveEnding = /\.(?:jar|war|par|ear)$/;

/** The file on disk that a package was found in: of an archive inside archives, the outermost. */
export function outermostFile(path: string): string {
  const parts = path.split('/');
  const outer = parts.findIndex((part) => archiveEnding.test(part));
  return outer < 0 ? path : parts.slice(0, outer + 1).join('/');
}
