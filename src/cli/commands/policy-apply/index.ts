import type { CommandDescriptor } from '../../command.ts';

export const policyApply: CommandDescriptor = {
  id: 'policy-apply',
  words: { plimsoll: ['policy apply'] },
  summary: 'Judge Kubernetes objects by the image rules of policies',
  operands: [
    { name: 'POLICY', description: 'A file of policies, or a directory with them', required: true, repeats: true },
  ],
  examples: [
    { line: 'policy apply policy.yaml --resource deployment.yaml', does: 'Judge a manifest before it is applied' },
    { line: 'policy apply policies/ --resource manifests/ --format junit', does: 'Judge manifests in a pipeline' },
    {
      line: 'policy apply --offline --layout ghcr.io/org/app:1=./saved policy.yaml --resource pod.yaml',
      does: 'Judge by what `cosign save` wrote, without the network',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
