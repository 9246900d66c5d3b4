import type { CommandDescriptor } from '../../command.ts';

export const admissionInstall: CommandDescriptor = {
  id: 'admission-install',
  words: { plimsoll: ['admission install'] },
  summary: 'Install admission into a cluster, as the Helm chart does',
  examples: [
    {
      line: 'admission install --policy policies/ --image registry.example.com/plimsoll:0.1.0',
      does: 'Judge the images of the cluster that kubectl talks to by the policies of a directory',
    },
    {
      line: 'admission install --dry-run --policy policies/ --values values.yaml --set webhooks.failurePolicy=Ignore',
      does: 'Print what would be installed, with values of the chart',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
