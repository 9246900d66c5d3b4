import { lintPolicies } from '../../../app/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { formatPolicyName } from '../../../policy/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';

/** A line for each policy and each note; a policy that is not valid is an error. */
async function run({ operands, host }: Invocation): Promise<number> {
  const policies = await lintPolicies(operands);
  const lines = policies.flatMap(({ name, rules, notes }) => {
    const named = `${name.kind} ${formatPolicyName(name)}`;
    const told = notes.map(({ level, at, message }) => `${named}: ${level}: ${at} ${message}`);
    return [`${named}: ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`, ...told];
  });
  await host.stdout.write(lines.map((line) => `${toVisibleLine(line)}\n`).join(''));
  const isSafe = policies.every(({ notes }) => notes.every(({ level }) => level === 'ignored'));
  return isSafe ? exitCodes.clean : exitCodes.error;
}

export const module: CommandModule = { options: [], run };
