import { availableParallelism } from 'node:os';
import { type PackageType, packageTypesOption, presentScanners, type ScannerName } from '../assess/index.ts';
import { type CoverageNote, isAppError, type Severity, severities, type VulnerabilityStatus } from '../core/index.ts';
import { type FindingFilter, type Gate, type IgnoreFile, toIgnoredStatuses } from '../decide/index.ts';
import { readWhole } from '../disk/index.ts';
import { maxFileSizeOption, parallelOption } from '../inventory/index.ts';
import { severitySourceOption } from '../match/index.ts';
import type { DataOptions } from './advisory-data.ts';

/** Which findings count; the defaults are those of the command line. */
export interface FilterOptions {
  readonly severities?: readonly Severity[];
  readonly ignoreUnfixed?: boolean;
  readonly ignoreStatuses?: readonly VulnerabilityStatus[];
  /** A file in the format of `.trivyignore`. */
  readonly ignoreFile?: IgnoreFileChoice;
}

/** How to scan; everything has a default, which is that of the command line. */
export interface ScanOptions extends FilterOptions {
  readonly scanners?: readonly ScannerName[];
  readonly packageTypes?: readonly PackageType[];
  /** Globs relative to the root. */
  readonly skipFiles?: readonly string[];
  readonly skipDirs?: readonly string[];
  /** Bytes. */
  readonly maxFileSize?: number;
  /** Layers read at the same time; 0 stands for the number of processors. */
  readonly parallel?: number;
  /** Sources of severities in order of preference; `auto` is the documented rule. */
  readonly severitySources?: readonly string[];
  readonly gate?: Partial<Gate>;
  readonly data?: DataOptions;
  /** Bytes that the layer cache may grow to; 0 for no cache. */
  readonly layerCacheSize?: number;
  /** What the report should say beside what the scan finds out. */
  readonly notes?: readonly CoverageNote[];
}

export interface IgnoreFileChoice {
  readonly path: string;
  /** True when the file need not be there. */
  readonly optional?: boolean;
}

/** Options with every default filled in and files read. */
export interface ScanPlan {
  readonly scanners: readonly ScannerName[];
  readonly packageTypes: readonly PackageType[];
  readonly skipFiles: readonly string[];
  readonly skipDirs: readonly string[];
  readonly maxFileSize: number;
  readonly parallel: number;
  readonly filter: FindingFilter;
  readonly severitySources: readonly string[];
  readonly gate: Gate;
  readonly data: DataOptions;
  readonly layerCacheSize: number;
  readonly notes: readonly CoverageNote[];
}

/** @throws DISK_NOT_FOUND for an ignore file that is not optional */
export async function planScan(options: ScanOptions): Promise<ScanPlan> {
  const plan = { ...defaults, ...options };
  return {
    ...plan,
    parallel: plan.parallel === 0 ? availableParallelism() : plan.parallel,
    filter: await planFilter(plan),
    gate: planGate(options.gate),
    notes: [...plan.notes, ...plan.scanners.flatMap(absentNote)],
  };
}

type Defaulted = Required<Omit<ScanOptions, keyof FilterOptions | 'gate'>>;

const defaults: Defaulted = {
  scanners: presentScanners,
  packageTypes: packageTypesOption.default,
  skipFiles: [],
  skipDirs: [],
  maxFileSize: maxFileSizeOption.default,
  parallel: parallelOption.default,
  severitySources: severitySourceOption.default,
  data: {},
  layerCacheSize: 5 * 2 ** 30,
  notes: [],
};

const maxIgnoreFileSize = 4 * 2 ** 20;

/** @throws DISK_NOT_FOUND for an ignore file that is not optional */
export async function planFilter(options: FilterOptions): Promise<FindingFilter> {
  const ignoreFile = options.ignoreFile && (await readIgnoreFile(options.ignoreFile));
  return {
    severities: options.severities ?? severities,
    ignoreStatuses: toIgnoredStatuses(options.ignoreUnfixed ?? false, options.ignoreStatuses ?? []),
    ...(ignoreFile !== undefined && { ignoreFile }),
  };
}

export function planGate(gate: Partial<Gate> | undefined): Gate {
  return { exitCode: 0, exitOnEol: 0, allowIncomplete: false, ...gate };
}

async function readIgnoreFile({ path, optional }: IgnoreFileChoice): Promise<IgnoreFile | undefined> {
  try {
    return { path, content: (await readWhole(path, maxIgnoreFileSize)).toString('utf8') };
  } catch (error) {
    if (optional && isAppError(error, 'DISK_NOT_FOUND')) return undefined;
    throw error;
  }
}

/** What a scanner looks for, in words. */
export const scannerTitles: Readonly<Record<ScannerName, string>> = {
  vuln: 'vulnerabilities',
  misconfig: 'misconfigurations',
  secret: 'secrets',
  license: 'licences',
};

/** Somebody relies on what was asked for by name. */
function absentNote(scanner: ScannerName): CoverageNote[] {
  if (presentScanners.includes(scanner)) return [];
  const message = `This version cannot look for ${scannerTitles[scanner]} (${scanner}) yet`;
  return [{ effect: 'incomplete', code: 'scanner-absent', message, data: { scanner } }];
}
