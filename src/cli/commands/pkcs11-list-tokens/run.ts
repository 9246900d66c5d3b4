import { listTokens } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toSurroundings } from '../../key-source.ts';
import { detailLine, modulePathOption } from '../../token-options.ts';

const tokenOptions: OptionGroup = { id: 'tokens', title: 'Token', options: [modulePathOption] };

async function run({ host, options, context }: Invocation): Promise<number> {
  const modulePath = options.get(modulePathOption);
  const tokens = await listTokens({ modulePath, ...toSurroundings(host) }, context);
  const lines = tokens.flatMap(({ slot, label, manufacturer, model, serial }) => [
    `Token in slot ${slot}`,
    detailLine('Label', label),
    detailLine('Manufacturer', manufacturer),
    detailLine('Model', model),
    detailLine('S/N', serial),
    '',
  ]);
  const text = ['', `Listing tokens of PKCS11 module '${toVisibleLine(modulePath ?? '')}'`, ...lines];
  await host.stdout.write(text.map((line) => `${line}\n`).join(''));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [tokenOptions], run };
