import type { CommandDescriptor } from '../../command.ts';

export const policyLint: CommandDescriptor = {
  id: 'policy-lint',
  words: { plimsoll: ['policy lint'] },
  summary: 'Check policies without judging anything by them',
  operands: [
    { name: 'POLICY', description: 'A file of policies, or a directory with them', required: true, repeats: true },
  ],
  examples: [{ line: 'policy lint policies/', does: 'Tell what is wrong, unsafe or ignored' }],
  load: async () => (await import('./run.ts')).module,
};
