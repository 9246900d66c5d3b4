/** Says whether a path is left out: it matches a file glob, or it or a directory above it matches a directory glob. */
export async function makeSkip(options: {
  readonly skipFiles: readonly string[];
  readonly skipDirs: readonly string[];
}): Promise<(path: string) => boolean> {
  if (options.skipFiles.length === 0 && options.skipDirs.length === 0) return () => false;
  const { default: picomatch } = await import('picomatch');
  const matcher = (globs: readonly string[]): ((path: string) => boolean) =>
    globs.length === 0 ? () => false : picomatch(globs.map(relative), { dot: true });
  const skipFile = matcher(options.skipFiles);
  const skipDir = matcher(options.skipDirs.flatMap((glob) => [glob, `${relative(glob).replace(/\/$/, '')}/**`]));
  return (path) => skipFile(path) || skipDir(path);
}

/** Globs are relative to the root; a leading slash or `./` is tolerated. */
function relative(glob: string): string {
  return glob.replace(/^(?:\.?\/)+/, '');
}
