import type { CommandDescriptor } from '../../command.ts';

export const digest: CommandDescriptor = {
  id: 'digest',
  words: { plimsoll: ['digest'], crane: ['digest'] },
  summary: 'Print the digest of an image',
  operands: [{ name: 'IMAGE', description: 'Name of an image, or with --tarball one of its names in the file' }],
  examples: [
    { line: 'digest ghcr.io/org/app:1.2', does: 'Print what the tag means now' },
    { line: 'digest --full-ref ghcr.io/org/app:1.2', does: 'Print a name that cannot come to mean another image' },
    { line: 'digest --platform linux/arm64 ghcr.io/org/app:1.2', does: 'Print the digest of one image of an index' },
  ],
  load: async () => (await import('./run.ts')).module,
};
