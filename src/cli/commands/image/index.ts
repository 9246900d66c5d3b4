import type { CommandDescriptor } from '../../command.ts';

export const image: CommandDescriptor = {
  id: 'image',
  words: { plimsoll: ['image', 'i'], trivy: ['image', 'i'] },
  summary: 'Scan a container image',
  operands: [{ name: 'IMAGE', description: 'Name of an image in a registry, for example python:3.12-slim' }],
  examples: [
    { line: 'image python:3.12-slim', does: 'Scan an image in a registry' },
    { line: 'image --input app.tar', does: 'Scan an archive or an OCI layout' },
    {
      line: 'image --exit-code 1 --severity HIGH,CRITICAL app:1.2',
      does: 'Fail a pipeline when grave findings remain',
    },
    { line: 'image --format json --output report.json app:1.2', does: 'Keep the report as JSON' },
  ],
  load: async () => (await import('./run.ts')).module,
};
