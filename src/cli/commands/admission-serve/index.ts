import type { CommandDescriptor } from '../../command.ts';

export const admissionServe: CommandDescriptor = {
  id: 'admission-serve',
  words: { plimsoll: ['admission serve'] },
  summary: 'Answer the admission reviews of an API server by policies',
  examples: [
    {
      line: 'admission serve --policy policies/ --tls-cert tls.crt --tls-key tls.key --address 0.0.0.0:8443',
      does: 'Judge at /validate and pin at /mutate, by the policies of a directory',
    },
    {
      line: 'admission serve --policy policies/ --tls-cert tls.crt --tls-key tls.key --client-ca ca.crt',
      does: 'Take reviews only of whoever has a certificate of this authority',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
