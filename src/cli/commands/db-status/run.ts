import { databaseStatus } from '../../../app/index.ts';
import { formatOption, reportOptions } from '../../../reports/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { databasesToJson, formatDatabases } from '../../databases.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run({ options, host, context }: Invocation): Promise<number> {
  const databases = await databaseStatus(context);
  const json = options.get(formatOption) === 'json';
  await host.stdout.write(json ? `${JSON.stringify(databasesToJson(databases))}\n` : formatDatabases(databases));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [{ ...reportOptions, options: [formatOption] }], run };
