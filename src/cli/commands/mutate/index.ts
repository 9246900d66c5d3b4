import type { CommandDescriptor } from '../../command.ts';

export const mutate: CommandDescriptor = {
  id: 'mutate',
  words: { plimsoll: ['mutate'], crane: ['mutate'] },
  summary: 'Change the configuration of an image',
  operands: [{ name: 'IMAGE', description: 'Name of an image', required: true }],
  examples: [
    { line: 'mutate --label owner=me --tag ghcr.io/org/app:1.2-me ghcr.io/org/app:1.2', does: 'Add a label' },
    {
      line: 'mutate --entrypoint /app,--serve --env MODE=prod --repo ghcr.io/org/app ghcr.io/org/app:1.2',
      does: 'Change how it runs, and store it under its digest only',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
