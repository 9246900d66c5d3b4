import type { CommandDescriptor } from '../../command.ts';

export const policyTest: CommandDescriptor = {
  id: 'policy-test',
  words: { plimsoll: ['policy test'] },
  summary: 'Run the tests of policies that Kyverno runs',
  operands: [
    { name: 'DIR', description: 'A directory that is searched for kyverno-test.yaml', required: true, repeats: true },
  ],
  examples: [{ line: 'policy test policies/', does: 'Hold policies to what their tests expect' }],
  load: async () => (await import('./run.ts')).module,
};
