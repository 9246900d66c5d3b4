import type { CommandDescriptor } from '../../command.ts';

export const env: CommandDescriptor = {
  id: 'env',
  words: { plimsoll: ['env'], cosign: ['env'] },
  summary: 'Print the variables that signing and verifying look at',
  examples: [
    { line: 'env', does: 'With what each is for' },
    { line: 'env --show-descriptions=false', does: 'Names and values alone; secrets are hidden' },
  ],
  load: async () => (await import('./run.ts')).module,
};
