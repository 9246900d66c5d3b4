import { databaseStatus } from '../../../app/index.ts';
import { formatOption, reportOptions } from '../../../reports/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { databasesToJson, formatDatabases } from '../../databases.ts';
import { exitCodes } from '../../exit-codes.ts';
import { programVersion } from '../../version.ts';

async function run({ options, host, context }: Invocation): Promise<number> {
  const databases = await databaseStatus(context);
  const there = databases.filter(({ size }) => size !== undefined);
  const text =
    options.get(formatOption) === 'json'
      ? `${JSON.stringify({ Version: programVersion, ...databasesToJson(there) })}\n`
      : `Version: ${programVersion}\n${formatDatabases(there)}`;
  await host.stdout.write(text);
  return exitCodes.clean;
}

export const module: CommandModule = { options: [{ ...reportOptions, options: [formatOption] }], run };
