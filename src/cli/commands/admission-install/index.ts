import type { CommandDescriptor } from '../../command.ts';

export const admissionInstall: CommandDescriptor = {
  id: 'admission-install',
  words: { plimsoll: ['admission install'] },
  summary: 'Install admission into a cluster, as the Helm chart does',
  examples: [
    {
      line: 'admission install --dry-run --policy policies/ --image registry.example.com/plimsoll:0.1.0 | kubectl apply -f -',
      does: 'Judge the images of a cluster by the policies of a directory',
    },
    {
      line: 'admission install --dry-run --policy policies/ --values values.yaml --set webhooks.failurePolicy=Ignore',
      does: 'See what would be installed with values of the chart',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
