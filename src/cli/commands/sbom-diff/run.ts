import { diffSboms } from '../../../app/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { formatOption, reportOptions } from '../../../reports/index.ts';
import { differenceCodeOption } from '../../../sbom/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { openSbom, sbomContext } from '../../sbom.ts';
import { formatDifference } from './print.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [before = '', after = ''] = operands;
  const difference = await diffSboms(
    await openSbom(before, invocation),
    await openSbom(after, invocation),
    await sbomContext(invocation),
  );
  const json = options.get(formatOption) === 'json';
  await host.stdout.write(json ? toJsonText(difference) : formatDifference(difference));
  const { added, removed, changed } = difference;
  return added.length + removed.length + changed.length === 0 ? exitCodes.clean : options.get(differenceCodeOption);
}

export const module: CommandModule = {
  options: [{ ...reportOptions, options: [formatOption, differenceCodeOption] }, registryOptions],
  run,
};
