import type { CommandDescriptor } from '../../command.ts';

export const indexList: CommandDescriptor = {
  id: 'index-list',
  words: { plimsoll: ['index list'], crane: ['index list'] },
  summary: 'List the images of an index',
  operands: [{ name: 'INDEX', description: 'Name of an index, or the directory of an OCI layout', required: true }],
  examples: [{ line: 'index list ghcr.io/org/app:1.2', does: 'Print digests, media types and platforms' }],
  load: async () => (await import('./run.ts')).module,
};
