import { findCases } from './corpus.ts';
import { parseOptions, usage } from './options.ts';
import { formatOutcomes } from './print.ts';
import { runCases } from './run.ts';

const options = parseOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { cases, unpaired } = findCases(options);
  for (const line of unpaired) process.stderr.write(`${line}\n`);
  const outcomes = await runCases(cases, options.directory);
  const text = options.json ? JSON.stringify(outcomes, undefined, 2) : formatOutcomes(outcomes, options.limit);
  process.stdout.write(`${text}\n`);
  if (cases.length === 0)
    process.stderr.write('Nothing to compare: see --help for where images and references are looked for\n');
  process.exitCode = cases.length === 0 ? 2 : outcomes.every(({ equal }) => equal) ? 0 : 1;
}
