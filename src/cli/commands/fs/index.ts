import type { CommandDescriptor } from '../../command.ts';

export const fs: CommandDescriptor = {
  id: 'fs',
  words: { plimsoll: ['fs', 'filesystem'], trivy: ['fs', 'filesystem'] },
  summary: 'Scan a directory with the sources of a project',
  operands: [{ name: 'PATH', description: 'A directory, or one file such as a lock file' }],
  examples: [
    { line: 'fs .', does: 'Scan the lock files below the working directory' },
    { line: 'fs --severity HIGH,CRITICAL --exit-code 1 ./service', does: 'Fail a pipeline when grave findings remain' },
  ],
  load: async () => (await import('./run.ts')).module,
};
