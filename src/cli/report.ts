import { resolve } from 'node:path';
import { writeOutput } from '../disk/index.ts';
import { gatherText } from '../kit/gather-text.ts';
import { formatOption, listPackagesOption, outputOption, type Report, specVersionOption } from '../reports/index.ts';
import { reportFormats } from '../reports/registry.ts';
import type { Invocation } from './command.ts';
import { wantsColour } from './output/colour.ts';
import { programVersion } from './version.ts';

/** Writes a report to the file that was asked for, or to the standard output. @throws DISK_UNWRITABLE */
export async function writeReport(report: Report, { options, dialect, host, context }: Invocation): Promise<void> {
  const format = reportFormats.get(options.get(formatOption)) ?? reportFormats.all[0];
  const render = await format?.load();
  const path = outputPath(options);
  const onTerminal = path === undefined && host.stdout.isTerminal;
  const specVersion = options.get(specVersionOption);
  const rendered = render?.(report, {
    dialect: dialect.id === 'trivy' ? 'trivy' : 'plimsoll',
    programVersion,
    listPackages: options.get(listPackagesOption),
    ...(specVersion !== undefined && { specVersion }),
    ...(onTerminal && host.stdout.columns !== undefined && { columns: host.stdout.columns }),
    colour: path === undefined && wantsColour(host.stdout, host.environment),
  });
  await writeResult(typeof rendered === 'string' ? [rendered] : (rendered ?? []), { options, host });
  if (path !== undefined || format?.id !== 'table') sayVerdict(report, context.log);
}

/** Writes text to the file that was asked for, or to the standard output. @throws DISK_UNWRITABLE */
export async function writeResult(
  text: Iterable<string>,
  { options, host }: Pick<Invocation, 'options' | 'host'>,
): Promise<void> {
  const path = outputPath(options);
  const pieces = gatherText(text);
  if (path === undefined) for (const piece of pieces) await host.stdout.write(piece);
  else await writeOutput(resolve(host.workingDirectory, path), toBytes(pieces));
}

async function* toBytes(pieces: Iterable<string>): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield Buffer.from(piece);
}

/** The standard output by its other names is no file: behind them may be a socket, which cannot be opened. */
function outputPath(options: Invocation['options']): string | undefined {
  const path = options.get(outputOption);
  return path === '-' || path === '/dev/stdout' ? undefined : path;
}

/** Formats for programs are read by programs: people see the verdict with the log. */
function sayVerdict({ verdict }: Report, log: Invocation['context']['log']): void {
  const findings = verdict.reasons.find((reason) => reason.kind === 'findings')?.count ?? 0;
  const open = verdict.reasons.flatMap((reason) => (reason.kind === 'incomplete' ? [reason.note] : []));
  log.info('Verdict', { result: verdict.result, findings, 'not judged': open.length });
  for (const { message, path } of open.slice(0, maxReasons)) log.warn(message, { path });
  if (open.length > maxReasons) log.warn('More could not be judged; the report has all', { count: open.length });
}

const maxReasons = 5;
