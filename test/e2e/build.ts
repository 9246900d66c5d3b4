/** Builds the command line program once for all suites that run it. */
export async function setup(): Promise<void> {
  await import('../../tools/build/build.ts');
}
