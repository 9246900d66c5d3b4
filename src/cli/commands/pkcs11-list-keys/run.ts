import { listTokenKeys } from '../../../app/index.ts';
import type { NumberOption, OptionGroup, TextOption, WithDefault } from '../../../core/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toSurroundings } from '../../key-source.ts';
import { detailLine, modulePathOption } from '../../token-options.ts';

const slotOption: WithDefault<NumberOption> = {
  kind: 'integer',
  flag: 'slot-id',
  key: 'pkcs11.slot-id',
  local: true,
  placeholder: 'NUMBER',
  description: 'The slot that the token is in',
  trust: 'trusted',
  default: 0,
};

const pinOption: TextOption = {
  kind: 'text',
  flag: 'pin',
  key: 'pkcs11.pin',
  local: true,
  environment: ['COSIGN_PKCS11_PIN'],
  placeholder: 'PIN',
  description: 'The PIN of the token; asked for when it is not given',
  secret: true,
  trust: 'trusted',
};

const keyOptions: OptionGroup = {
  id: 'token-keys',
  title: 'Token',
  options: [modulePathOption, slotOption, pinOption],
};

async function run({ host, options, context }: Invocation): Promise<number> {
  const [modulePath, slot, pin] = [options.get(modulePathOption), options.get(slotOption), options.get(pinOption)];
  const input = { modulePath, slot, pin: pin || undefined, ...toSurroundings(host) };
  const keys = await listTokenKeys(input, context);
  const lines = keys.flatMap(({ label, id, uri }, index) => [
    `Object ${index}`,
    ...(label === '' ? [] : [detailLine('Label', label)]),
    ...(id.length === 0 ? [] : [detailLine('ID', id.toString('hex'))]),
    detailLine('URI', uri),
  ]);
  const text = [
    '',
    `Listing URIs of keys in slot '${slot}' of PKCS11 module '${toVisibleLine(modulePath ?? '')}'`,
    ...lines,
  ];
  await host.stdout.write(text.map((line) => `${line}\n`).join(''));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [keyOptions], run };
