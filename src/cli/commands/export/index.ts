import type { CommandDescriptor } from '../../command.ts';

export const exportCommand: CommandDescriptor = {
  id: 'export',
  words: { plimsoll: ['export'], crane: ['export'] },
  summary: 'Write the file system of an image as a tar',
  operands: [
    {
      name: 'IMAGE',
      description: 'Name of an image, or `-` for a docker archive on the standard input',
      required: true,
    },
    { name: 'TARBALL', description: 'Where it is written; `-`, or nothing, is the standard output' },
  ],
  examples: [
    { line: 'export ghcr.io/org/app:1.2 app.tar', does: 'Write what a container would see' },
    { line: 'export ghcr.io/org/app:1.2 - | tar -xO etc/os-release', does: 'Look at one file' },
    { line: 'export - files.tar < saved.tar', does: 'Take an archive of `docker save`' },
  ],
  load: async () => (await import('./run.ts')).module,
};
