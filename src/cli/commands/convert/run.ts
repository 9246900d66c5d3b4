import { resolve } from 'node:path';
import type { SavedReportTarget } from '../../../app/index.ts';
import { assessOptions, scannersOption } from '../../../assess/index.ts';
import { type ResolvedOptions, toFilterOptions } from '../../../config/index.ts';
import type { OptionSpec } from '../../../core/index.ts';
import { decideOptions, severityOption } from '../../../decide/index.ts';
import { collectBytes } from '../../../kit/collect.ts';
import { maxSavedReportSize, reportOptions } from '../../../reports/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodeOf } from '../../exit-codes.ts';
import { renderingOf, writeReport } from '../../report.ts';

async function run(invocation: Invocation): Promise<number> {
  const { options, dialect, context } = invocation;
  const { severities, ...filter } = toFilterOptions(options);
  const saved = await openReport(invocation);
  const { convertReport } = await import('../../../app/index.ts');
  const rendering = await renderingOf(invocation);
  const isChosenByName = isChosen(options, scannersOption);
  if (dialect.id === 'trivy' && !isChosenByName && rendering.options.table?.modes.includes('summary')) {
    context.log.info('The summary is drawn for the scanners that --scanners names');
  }
  const rendered = await convertReport(
    {
      ...filter,
      saved,
      ...(isChosen(options, severityOption) && { severities }),
      ...(isChosenByName && { scanners: options.get(scannersOption) }),
    },
    rendering,
    context,
  );
  await writeReport(rendered, invocation);
  return exitCodeOf(
    rendered.verdict,
    { exitCode: 0, exitOnEol: 0, allowIncomplete: false, ...filter.gate },
    dialect.id,
  );
}

/** The report that the operand names. @throws CLI_INPUT_TOO_LARGE */
async function openReport({ operands: [name = ''], host }: Invocation): Promise<SavedReportTarget> {
  if (name !== '-') return { kind: 'file', path: resolve(host.workingDirectory, name) };
  const bytes = await collectBytes(host.stdin(), maxSavedReportSize);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit: maxSavedReportSize } });
  return { kind: 'bytes', bytes };
}

/** What nobody chose is as the report has it. */
function isChosen(options: ResolvedOptions, spec: OptionSpec): boolean {
  return options.origin(spec).kind !== 'default';
}

export const module: CommandModule = {
  options: [{ ...assessOptions, options: [scannersOption] }, decideOptions, reportOptions],
  run,
};
