import {
  databaseRepositoriesOption,
  javaDatabaseRepositoriesOption,
  maxAgeOption,
  osvOption,
  skipJavaUpdateOption,
  skipUpdateOption,
} from '../advisories/index.ts';
import type { DataOptions, IgnoreFileChoice, ScanOptions } from '../app/index.ts';
import { packageTypesOption, scannersOption } from '../assess/index.ts';
import type { CoverageNote } from '../core/index.ts';
import {
  allowIncompleteOption,
  exitCodeOption,
  exitOnEolOption,
  ignorefileOption,
  ignoreStatusOption,
  ignoreUnfixedOption,
  severityOption,
} from '../decide/index.ts';
import { maxFileSizeOption, parallelOption, skipDirsOption, skipFilesOption } from '../inventory/index.ts';
import { severitySourceOption } from '../match/index.ts';
import { offlineOption } from '../net/index.ts';
import { cacheBackendOption, cacheMaxSizeOption } from './options.ts';
import type { Narrowing, ResolvedOptions } from './resolve.ts';

/** What the options say about which findings count, and what they mean for a gate. */
export function toFilterOptions(options: ResolvedOptions): FilterInput {
  return {
    severities: options.get(severityOption),
    ignoreUnfixed: options.get(ignoreUnfixedOption),
    ignoreStatuses: options.get(ignoreStatusOption),
    ignoreFile: toIgnoreFile(options),
    gate: {
      exitCode: options.get(exitCodeOption),
      exitOnEol: options.get(exitOnEolOption),
      allowIncomplete: options.get(allowIncompleteOption),
    },
    notes: options.narrowings.map(narrowingNote),
  };
}

type FilterInput = Required<
  Pick<ScanOptions, 'severities' | 'ignoreUnfixed' | 'ignoreStatuses' | 'ignoreFile' | 'gate' | 'notes'>
>;

/** What the options say about a scan, whatever its target. */
export function toScanOptions(options: ResolvedOptions): ScanOptions & FilterInput {
  return {
    ...toFilterOptions(options),
    scanners: options.get(scannersOption),
    packageTypes: options.get(packageTypesOption),
    skipFiles: options.get(skipFilesOption),
    skipDirs: options.get(skipDirsOption),
    maxFileSize: options.get(maxFileSizeOption),
    parallel: options.get(parallelOption),
    severitySources: options.get(severitySourceOption),
    data: toDataOptions(options),
    layerCacheSize: options.get(cacheBackendOption) === 'fs' ? options.get(cacheMaxSizeOption) : 0,
  };
}

/** What the options say about advisory data. */
export function toDataOptions(options: ResolvedOptions): DataOptions {
  const maxAge = options.get(maxAgeOption);
  const offline = options.get(offlineOption);
  return {
    skipUpdate: offline || options.get(skipUpdateOption),
    skipJavaUpdate: offline || options.get(skipJavaUpdateOption),
    repositories: options.get(databaseRepositoriesOption),
    javaRepositories: options.get(javaDatabaseRepositoriesOption),
    ...(maxAge !== undefined && { maxAge }),
    osv: options.get(osvOption),
  };
}

/** The usual ignore file need not be there; one that was named must be. */
function toIgnoreFile(options: ResolvedOptions): IgnoreFileChoice {
  const optional = options.origin(ignorefileOption).kind === 'default';
  return { path: options.get(ignorefileOption), ...(optional && { optional }) };
}

/** The report says what a file that may belong to the target has decided. */
function narrowingNote({ path, keys }: Narrowing): CoverageNote {
  return {
    effect: 'note',
    code: 'filtered',
    message: `${path} in the working directory decides: ${keys.join(', ')}`,
    path,
  };
}
