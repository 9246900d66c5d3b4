import type { TextOption, WithDefault } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { readAccess } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { formatDiagnosis } from './text.ts';

const formatOption: WithDefault<TextOption<'table' | 'json'>> = {
  kind: 'text',
  flag: 'format',
  short: 'f',
  key: 'doctor.format',
  local: true,
  allowed: ['table', 'json'],
  default: 'table',
  description: 'Tell the result in a table or as JSON',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, context } = invocation;
  const [reference = ''] = operands;
  const { diagnoseReference } = await import('../../../app/index.ts');
  const access = await readAccess(invocation, reference);
  const diagnosis = await diagnoseReference({ reference, access }, context);
  const json = options.get(formatOption) === 'json';
  await host.stdout.write(json ? `${JSON.stringify(diagnosis, null, 2)}\n` : formatDiagnosis(diagnosis));
  return diagnosis.digest === undefined ? exitCodes.error : exitCodes.clean;
}

export const module: CommandModule = {
  options: [{ id: 'doctor', title: 'Doctor', options: [formatOption] }, registryOptions],
  run,
};
