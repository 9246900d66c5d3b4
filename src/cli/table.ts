import type { OptionSpec } from '../core/index.ts';
import {
  dependencyTreeOption,
  listPackagesOption,
  type RenderOptions,
  reportOption,
  tableModeOption,
} from '../reports/index.ts';
import { commandLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';

/** Which tables are asked for. */
export function tableOptionsOf(invocation: Invocation): NonNullable<RenderOptions['table']> {
  const { options, dialect, context } = invocation;
  const isTrivy = dialect.id === 'trivy';
  const listsPackages = options.get(listPackagesOption) && isAsked(invocation, listPackagesOption);
  if (isTrivy && listsPackages) context.log.warn('--list-all-pkgs is of no use without --format json');
  const summaryOnly = !isTrivy && options.get(reportOption) === 'summary' && !isAsked(invocation, tableModeOption);
  return {
    modes: summaryOnly ? ['summary'] : options.get(tableModeOption),
    dependencyTree: options.get(dependencyTreeOption),
    packages: listsPackages && !isTrivy,
  };
}

/** Other formats have no tables to choose from. @throws CLI_USAGE */
export function refuseTableOptions(invocation: Invocation): void {
  const { options, dialect, descriptor, context } = invocation;
  if (isAsked(invocation, tableModeOption)) {
    const reason = '"--table-mode" can be used only with "--format table"';
    throw cliError('CLI_USAGE', { data: { reason, command: commandLine(descriptor, dialect) } });
  }
  if (options.get(dependencyTreeOption)) context.log.warn('--dependency-tree is of no use without --format table');
}

/** What a configuration file says is said for all formats. */
function isAsked({ options }: Invocation, spec: OptionSpec): boolean {
  const { kind } = options.origin(spec);
  return kind === 'flag' || kind === 'environment';
}
