import type { CommandDescriptor } from '../../command.ts';

export const policyExplain: CommandDescriptor = {
  id: 'policy-explain',
  words: { plimsoll: ['policy explain'] },
  summary: 'Show why policies let an image in or not',
  operands: [{ name: 'IMAGE', description: 'The reference of an image', required: true }],
  examples: [
    {
      line: 'policy explain ghcr.io/org/app:1 --policy policy.yaml',
      does: 'Show rules, attestors and signatures for a pod of this image',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
