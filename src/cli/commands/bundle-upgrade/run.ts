import { upgradeBundle } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { outOption } from '../../../trust/index.ts';
import { withRegistries } from '../../access.ts';
import { rekorUrlOption } from '../../bundle-options.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { writeCreated } from '../../created.ts';

async function run(invocation: Invocation): Promise<number> {
  const [path = ''] = invocation.operands;
  const rekorUrl = invocation.options.get(rekorUrlOption);
  return writeCreated(invocation, await upgradeBundle({ path, rekorUrl }, await withRegistries(invocation)));
}

export const module: CommandModule = {
  options: [{ id: 'upgrade-bundle', title: 'Bundle', options: [rekorUrlOption, outOption] }, registryOptions],
  run,
};
