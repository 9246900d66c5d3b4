import { advisoryOptions, downloadJavaOnlyOption, downloadOnlyOption } from '../advisories/index.ts';
import type { DatabaseId, RenderedReport, Rendering, ScanOptions } from '../app/index.ts';
import { assessOptions, presentScanners, scannersOption } from '../assess/index.ts';
import { acceptedOptions, cacheOptions, toScanOptions } from '../config/index.ts';
import type { OptionGroup } from '../core/index.ts';
import { decideOptions } from '../decide/index.ts';
import { inventoryOptions } from '../inventory/index.ts';
import { matchOptions } from '../match/index.ts';
import { registryOptions } from '../oci/index.ts';
import { formatOption, reportOptions } from '../reports/index.ts';
import { reportFormats } from '../reports/registry.ts';
import { commandLine, exampleLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';
import { exitCodeOf } from './exit-codes.ts';
import { renderingOf, writeReport } from './report.ts';

/** The options of every command that scans something. */
export const scanOptionGroups: readonly OptionGroup[] = [
  assessOptions,
  inventoryOptions,
  matchOptions,
  decideOptions,
  reportOptions,
  advisoryOptions,
  registryOptions,
  cacheOptions,
  acceptedOptions,
];

/** Scans, writes the report, and answers with the exit code that the verdict means. */
export async function runScan(
  invocation: Invocation,
  scan: (options: ScanOptions, rendering: Rendering) => Promise<RenderedReport>,
): Promise<number> {
  const { options, dialect, context } = invocation;
  const downloads = downloadsOnly(options);
  if (downloads.length > 0) return (await import('./updates.ts')).runUpdate(invocation, downloads);
  const input = toScanOptions(options);
  const isDefault = options.origin(scannersOption).kind === 'default';
  const inventoryOnly = isDefault && listsOnly(invocation, input.gate.exitCode ?? 0);
  if (inventoryOnly) context.log.info('Listing packages only; --scanners vuln looks for vulnerabilities too');
  else if (isDefault) {
    context.log.info('Scanning with the scanners there are; others come later', {
      scanners: presentScanners.join(','),
    });
  }
  const rendered = await scan(inventoryOnly ? { ...input, scanners: [] } : input, await renderingOf(invocation));
  await writeReport(rendered, invocation);
  return exitCodeOf(rendered.verdict, { exitCode: 0, exitOnEol: 0, allowIncomplete: false, ...input.gate }, dialect.id);
}

/** SBOMs are written without looking for anything; a gate looks all the same, but under Trivy's name. */
function listsOnly({ options, dialect }: Invocation, exitCode: number): boolean {
  const format = reportFormats.get(options.get(formatOption));
  return format?.inventoryOnly === true && (exitCode === 0 || dialect.id === 'trivy');
}

/** Trivy's way to fetch databases. */
function downloadsOnly(options: Invocation['options']): DatabaseId[] {
  return [
    ...(options.get(downloadOnlyOption) ? ['vulnerability' as const] : []),
    ...(options.get(downloadJavaOnlyOption) ? ['java' as const] : []),
  ];
}

/** The target that the command line names. @throws CLI_TARGET_MISSING */
export function requireTarget({ operands: [target], dialect, descriptor }: Invocation): string {
  if (target !== undefined && target !== '') return target;
  const command = commandLine(descriptor, dialect);
  const example = exampleLine(descriptor, dialect);
  throw cliError('CLI_TARGET_MISSING', { data: { command, example } });
}
