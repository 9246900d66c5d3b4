import { type BundleFact, inspectBundle } from '../../../app/index.ts';
import { evidenceFormatOption } from '../../../evidence/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';

async function run({ operands, options, host }: Invocation): Promise<number> {
  const [path = ''] = operands;
  await host.stderr.write(
    'WARNING: This command only inspects the contents of the bundle.\n' +
      'It does not perform cryptographic verification or verify log inclusion.\n\n',
  );
  const facts = await inspectBundle(path);
  const isJson = options.get(evidenceFormatOption) === 'json';
  await host.stdout.write(isJson ? toJsonText(facts) : facts.flatMap((fact) => linesOf(fact, '')).join(''));
  return exitCodes.clean;
}

function linesOf({ name, value, facts = [] }: BundleFact, indent: string): string[] {
  const line = `${indent}- ${toVisibleLine(value === undefined ? `${name}:` : `${name}: ${value}`)}\n`;
  return [line, ...facts.flatMap((fact) => linesOf(fact, `${indent}  `))];
}

export const module: CommandModule = {
  options: [{ id: 'inspect-bundle', title: 'Bundle', options: [evidenceFormatOption] }],
  run,
};
