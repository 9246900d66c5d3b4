import { resolve } from 'node:path';
import type { RenderedReport, Rendering } from '../app/index.ts';
import type { Verdict } from '../core/index.ts';
import { writeOutput } from '../disk/index.ts';
import { gatherText } from '../kit/gather-text.ts';
import {
  formatOption,
  listPackagesOption,
  outputOption,
  sarifCategoryOption,
  sbomAuthorOption,
  showSuppressedOption,
  specVersionOption,
} from '../reports/index.ts';
import { reportFormats, table } from '../reports/registry.ts';
import type { Invocation } from './command.ts';
import type { Host } from './host.ts';
import { wantsColour } from './output/colour.ts';
import { refuseTableOptions, tableOptionsOf } from './table.ts';
import { readTemplate } from './template.ts';
import { programVersion } from './version.ts';

/** The format that was asked for, for the file or terminal that it goes to. */
export async function renderingOf(invocation: Invocation): Promise<Rendering> {
  const { options, dialect, host, context } = invocation;
  const onOutput = outputPath(options) === undefined;
  const specVersion = options.get(specVersionOption);
  const sbomAuthor = options.get(sbomAuthorOption);
  const sarifCategory = options.get(sarifCategoryOption);
  const onTerminal = onOutput && host.stdout.isTerminal;
  const format = reportFormats.get(options.get(formatOption)) ?? table;
  if (format.id !== table.id) refuseTableOptions(invocation);
  const template = await readTemplate({ options, host });
  if (template !== undefined && format.id !== 'template') {
    context.log.warn('--template is of no use without --format template', { format: format.id });
  }
  return {
    format,
    options: {
      dialect: dialect.id === 'trivy' ? 'trivy' : 'plimsoll',
      programVersion,
      listPackages: options.get(listPackagesOption),
      ...(options.get(showSuppressedOption) && { showSuppressed: true }),
      ...(specVersion !== undefined && { specVersion }),
      ...(sbomAuthor !== undefined && { sbomAuthor }),
      ...(sarifCategory !== undefined && { sarifCategory }),
      ...(template !== undefined && { template }),
      ...(format.id === table.id && { table: tableOptionsOf(invocation) }),
      ...(onTerminal && host.stdout.columns !== undefined && { columns: host.stdout.columns }),
      ...(format.variables !== undefined && { environment: pick(host.environment, format.variables) }),
      warn: ({ message, path }) => context.log.warn(message, { path }),
      colour: onOutput && wantsColour(host.stdout, host.environment),
    },
  };
}

/** Only what a format asks for, so that no secret of the environment comes near a report. */
function pick(environment: Host['environment'], names: readonly string[]): Host['environment'] {
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}

/** Writes a report to the file that was asked for, or to the standard output. @throws DISK_UNWRITABLE */
export async function writeReport({ pieces, verdict }: RenderedReport, invocation: Invocation): Promise<void> {
  const { options, context } = invocation;
  await writeResult(pieces, invocation);
  if (outputPath(options) !== undefined || options.get(formatOption) !== table.id) sayVerdict(verdict, context.log);
}

/** Writes text to the file that was asked for, or to the standard output. @throws DISK_UNWRITABLE */
export async function writeResult(
  text: Iterable<string | Uint8Array>,
  { options, host }: Pick<Invocation, 'options' | 'host'>,
): Promise<void> {
  const path = outputPath(options);
  const pieces = gatherText(text);
  if (path === undefined) for (const piece of pieces) await host.stdout.write(piece);
  else await writeOutput(resolve(host.workingDirectory, path), toBytes(pieces));
}

async function* toBytes(pieces: Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** The standard output by its other names is no file: behind them may be a socket, which cannot be opened. */
function outputPath(options: Invocation['options']): string | undefined {
  const path = options.get(outputOption);
  return path === '-' || path === '/dev/stdout' ? undefined : path;
}

/** Formats for programs are read by programs: people see the verdict with the log. */
function sayVerdict(verdict: Verdict, log: Invocation['context']['log']): void {
  const findings = verdict.reasons.find((reason) => reason.kind === 'findings')?.count ?? 0;
  const open = verdict.reasons.flatMap((reason) => (reason.kind === 'incomplete' ? [reason.note] : []));
  log.info('Verdict', { result: verdict.result, findings, 'not judged': open.length });
  for (const { message, path } of open.slice(0, maxReasons)) log.warn(message, { path });
  if (open.length > maxReasons) log.warn('More could not be judged; the report has all', { count: open.length });
}

const maxReasons = 5;
