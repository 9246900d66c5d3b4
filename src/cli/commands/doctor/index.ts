import type { CommandDescriptor } from '../../command.ts';

export const doctor: CommandDescriptor = {
  id: 'doctor',
  words: { plimsoll: ['doctor'] },
  summary: 'Find out why an image cannot be had from its registry',
  operands: [{ name: 'IMAGE', description: 'Name of an image, for example ghcr.io/org/app:1.2', required: true }],
  examples: [
    {
      line: 'doctor ghcr.io/org/app:1.2',
      does: 'Show logins, requests, certificates, clock and limits, and what to do',
    },
    { line: 'doctor --format json ghcr.io/org/app:1.2', does: 'Attach it to a ticket: it holds no secret' },
  ],
  load: async () => (await import('./run.ts')).module,
};
