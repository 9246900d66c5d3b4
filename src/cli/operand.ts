import { commandLine, exampleLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';

/** An operand that may be left out with some options only. @throws CLI_OPERAND_MISSING */
export function requireOperand({ descriptor, dialect, operands }: Invocation, index: number): string {
  const value = operands[index];
  if (value !== undefined) return value;
  const operand = descriptor.operands?.[index]?.name ?? '';
  const example = exampleLine(descriptor, dialect);
  throw cliError('CLI_OPERAND_MISSING', { data: { command: commandLine(descriptor, dialect), operand, example } });
}
