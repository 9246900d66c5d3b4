import type { CommandDescriptor, CommandOperand } from '../../src/cli/command.ts';
import { generalGroups } from '../../src/cli/parse.ts';
import { commands } from '../../src/cli/registry.ts';
import { describeOption } from '../../src/config/index.ts';
import type { OptionGroup } from '../../src/core/index.ts';
import { code, codes, heading, table } from './markdown.ts';

/** One page for each command, docs/cli/NAME.md. */
export async function commandPages(): Promise<[string, string][]> {
  return Promise.all(
    commands.all.map(async (command) => [`docs/cli/${command.id}.md`, await describeCommand(command)]),
  );
}

async function describeCommand(command: CommandDescriptor): Promise<string> {
  const { summary, operands = [], examples } = command;
  const { options } = await command.load();
  const [name = command.id, ...others] = callsOf(command);
  const usage = [name, '[options]', ...operands.map(describeOperand)].join(' ');
  const facts = [
    `${summary}.`,
    ...operands.map((operand) => `\`${operand.name}\`: ${operand.description}.`),
    others.length === 0 ? '' : `Also called as ${codes(others)}.`,
  ].filter((fact) => fact !== '');
  const program = name.startsWith('plimsoll ') ? 'plimsoll' : (name.split(' ')[0] ?? '');
  const shown = examples.map(({ line, does }) => `# ${does}\n${program} ${line}`).join('\n\n');
  return [
    heading(name, 'the command descriptors'),
    facts.join('\n\n'),
    `\n\`\`\`\n${usage}\n\`\`\`\n\n## Examples\n\n\`\`\`sh\n${shown}\n\`\`\`\n\n## Options\n`,
    [...options, ...generalGroups]
      .map(describeGroup)
      .filter((text) => text !== '')
      .join('\n'),
    'Keys for files, variables and trust: [configuration](../configuration.md).\n',
  ].join('\n');
}

/** Every way to call a command, that of plimsoll first. */
function callsOf({ words }: CommandDescriptor): string[] {
  return Object.entries(words).flatMap(([program, list]) => list.map((word) => `${program} ${word}`));
}

function describeOperand({ name, required, repeats }: CommandOperand): string {
  const shown = repeats ? `${name}...` : name;
  return required ? shown : `[${shown}]`;
}

function describeGroup({ title, options }: OptionGroup): string {
  const rows = options.flatMap((spec) => {
    const { flags, description, allowed, default: preset } = describeOption(spec);
    if (flags === undefined) return [];
    return [[code(flags), `${description}${allowed.length > 0 ? `: ${codes(allowed)}` : ''}`, code(preset)]];
  });
  return rows.length === 0 ? '' : `### ${title}\n\n${table(['flag', 'meaning', 'default'], rows)}\n`;
}
