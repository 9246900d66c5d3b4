import type { CommandDescriptor } from '../../command.ts';

export const pull: CommandDescriptor = {
  id: 'pull',
  words: { plimsoll: ['pull'], crane: ['pull'] },
  summary: 'Write images of registries to an archive or a layout',
  operands: [
    { name: 'IMAGE', description: 'Name of an image, for example ghcr.io/org/app:1.2', required: true },
    { name: 'PATH', description: 'More images, and last where they are written', required: true, repeats: true },
  ],
  examples: [
    { line: 'pull ghcr.io/org/app:1.2 app.tar', does: 'Write what `docker load` reads' },
    { line: 'pull --format oci ghcr.io/org/app:1.2 ./layout', does: 'Write an index with all its images' },
    { line: 'pull --cache_path ./cache app:1.2 app:1.3 both.tar', does: 'Keep layers for the next time' },
  ],
  load: async () => (await import('./run.ts')).module,
};
