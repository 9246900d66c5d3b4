import type { CommandDescriptor } from '../../command.ts';

export const verifyDockerfile: CommandDescriptor = {
  id: 'verify-dockerfile',
  words: { plimsoll: ['verify-dockerfile'], cosign: ['dockerfile verify'] },
  summary: 'Verify the images that a Dockerfile builds from',
  operands: [{ name: 'DOCKERFILE', description: 'The file', required: true }],
  examples: [
    { line: 'verify-dockerfile --key cosign.pub Dockerfile', does: 'Verify every image that the build pulls' },
    {
      line: 'verify-dockerfile --base-image-only --key cosign.pub Dockerfile',
      does: 'Verify the one that the last stage starts from',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
