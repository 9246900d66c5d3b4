import { findCases } from '../compare/corpus.ts';
import { parseOptions } from '../compare/options.ts';
import { formatSbomOutcomes } from './print.ts';
import { isEqualOutcome, runSbomCases } from './run.ts';

const usage = `Usage: npm run compare:sbom -- DIR [options]

Scans the images of DIR/images, and every SBOM of them: those we write, and those beside the reports of DIR/trivy-*.
Each must have the packages, findings and verdict of its image, and ours must follow their standard.

Options are those of \`npm run compare\`.
`;

const options = parseOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const { cases, unpaired } = findCases(options);
  for (const line of unpaired) process.stderr.write(`${line}\n`);
  const outcomes = await runSbomCases(cases, options.directory);
  const text = options.json ? JSON.stringify(outcomes, undefined, 2) : formatSbomOutcomes(outcomes, options.limit);
  process.stdout.write(`${text}\n`);
  process.exitCode = outcomes.length === 0 ? 2 : outcomes.every(isEqualOutcome) ? 0 : 1;
}
