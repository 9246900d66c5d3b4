import type { BooleanOption } from '../../../core/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { programVersion } from '../../version.ts';

const jsonOption: BooleanOption = {
  kind: 'boolean',
  flag: 'json',
  key: 'version.json',
  local: true,
  description: 'Print it as JSON',
  trust: 'any',
};

/** The lines and keys of cosign; what is no program of Go has no values of Go. */
async function run({ host, options }: Invocation): Promise<number> {
  const platform = `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const told = {
    gitVersion: `v${programVersion}`,
    gitCommit: 'unknown',
    gitTreeState: 'unknown',
    buildDate: 'unknown',
    goVersion: 'none',
    compiler: `node ${process.versions.node}`,
    platform,
  };
  const lines = Object.entries(told).map(([name, value]) => `${title(name)}:`.padEnd(15) + value);
  const text = options.get(jsonOption)
    ? JSON.stringify(told, undefined, 2)
    : `Plimsoll under the name cosign\n\n${lines.join('\n')}\n`;
  await host.stdout.write(`${text}\n`);
  return exitCodes.clean;
}

function title(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

export const module: CommandModule = { options: [{ id: 'version', title: 'Version', options: [jsonOption] }], run };
