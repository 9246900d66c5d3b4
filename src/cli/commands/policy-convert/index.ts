import type { CommandDescriptor } from '../../command.ts';

export const policyConvert: CommandDescriptor = {
  id: 'policy-convert',
  words: { plimsoll: ['policy convert'] },
  summary: 'Write policies in another language, where their meaning is kept',
  operands: [{ name: 'FILE', description: 'A file of policies', required: true }],
  examples: [
    {
      line: 'policy convert connaisseur.yaml --to plimsoll',
      does: "Turn a configuration of Connaisseur into Plimsoll's own policies",
    },
    {
      line: 'policy convert policy.yaml --to policy-controller',
      does: 'Turn policies into those of policy-controller',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
