import type { CommandDescriptor } from '../../command.ts';

export const uploadBlob: CommandDescriptor = {
  id: 'upload-blob',
  words: { plimsoll: ['upload blob'], cosign: ['upload blob'] },
  summary: 'Put files into a registry',
  operands: [{ name: 'IMAGE', description: 'A reference', required: true }],
  examples: [
    { line: 'upload blob -f app.tar ghcr.io/org/app:files', does: 'Put a file there as an image of one layer' },
    {
      line: 'upload blob -f app-linux:linux/amd64 -f app-mac:darwin/arm64 ghcr.io/org/app:files',
      does: 'Put files of several platforms there as an index',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
