/** Says whether a path is left out: it matches a file glob, or it or a directory above it matches a directory glob. */
export async function makeSkip(options: {
  readonly skipFiles: readonly string[];
  readonly skipDirs: readonly string[];
}): Promise<(path: string) => boolean> {
  const files = options.skipFiles.map(relative);
  const directories = options.skipDirs.map((glob) => relative(glob).replace(/\/$/, ''));
  const tests = [
    ...files.filter(isPlain).map(plainTest('')),
    ...directories.filter(isPlain).map(plainTest('/')),
    ...(await globTests([
      ...files.filter((glob) => !isPlain(glob)),
      ...directories.filter((glob) => !isPlain(glob)).flatMap((glob) => [glob, `${glob}/**`]),
    ])),
  ];
  return (path) => tests.some((test) => test(path));
}

type Test = (path: string) => boolean;

/** Globs are relative to the root; a leading slash or `./` is tolerated. */
function relative(glob: string): string {
  return glob.replace(/^(?:\.?\/)+/, '');
}

/** A path without wildcards, or one at any depth: those that are usual, for which the library need not be loaded. */
function isPlain(glob: string): boolean {
  return /^(?:\*\*\/)?[^*?[\]{}()!+@\\|]+$/.test(glob);
}

/** With `/` as `end` all below the path matches too. */
function plainTest(end: '' | '/'): (glob: string) => Test {
  return (glob) => {
    const anywhere = glob.startsWith('**/');
    const wanted = `/${anywhere ? glob.slice(3) : glob}${end}`;
    if (end === '') return anywhere ? (path) => `/${path}`.endsWith(wanted) : (path) => `/${path}` === wanted;
    return anywhere ? (path) => `/${path}/`.includes(wanted) : (path) => `/${path}/`.startsWith(wanted);
  };
}

async function globTests(globs: readonly string[]): Promise<Test[]> {
  if (globs.length === 0) return [];
  const { default: picomatch } = await import('picomatch');
  return [picomatch([...globs], { dot: true })];
}
