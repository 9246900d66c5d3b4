import type { CommandDescriptor } from '../../command.ts';

export const convert: CommandDescriptor = {
  id: 'convert',
  words: { plimsoll: ['convert'], trivy: ['convert', 'conv'] },
  summary: 'Turn a saved report into another format',
  operands: [
    {
      name: 'FILE',
      description: 'A report that was written with --format json, also by Trivy; - reads it from the standard input',
      required: true,
    },
  ],
  examples: [
    { line: 'convert report.json', does: 'Show a saved report as a table' },
    { line: 'convert --format sarif --output report.sarif report.json', does: 'Write it for code scanning' },
    {
      line: 'convert --severity CRITICAL --exit-code 1 report.json',
      does: 'Judge it again, by what is grave',
    },
  ],
  load: async () => (await import('./run.ts')).module,
};
