import type { CommandDescriptor } from '../../command.ts';

export const pin: CommandDescriptor = {
  id: 'pin',
  words: { plimsoll: ['pin'] },
  summary: 'Pin the references of files to digests and commits',
  operands: [
    {
      name: 'PATH',
      description: 'A file, or a directory that is searched for Dockerfiles, manifests, pipelines and their like',
      required: true,
      repeats: true,
    },
  ],
  examples: [
    { line: 'pin .', does: 'Write digests behind the tags of all files here' },
    { line: 'pin --check .', does: 'Fail a pipeline when something is not pinned' },
    { line: 'pin --update --wait 4m deploy/', does: 'Move pins to what their tags mean now' },
    { line: 'pin --update --dry-run . | git apply', does: 'See, or apply, what would change' },
  ],
  load: async () => (await import('./run.ts')).module,
};
