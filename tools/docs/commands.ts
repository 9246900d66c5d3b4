import type { CommandDescriptor } from '../../src/cli/command.ts';
import { generalGroups } from '../../src/cli/parse.ts';
import { commands } from '../../src/cli/registry.ts';
import { describeOption } from '../../src/config/index.ts';
import type { OptionGroup } from '../../src/core/index.ts';
import { code, codes, heading, table } from './markdown.ts';

/** One page for each command, docs/cli/NAME.md. */
export async function commandPages(): Promise<[string, string][]> {
  return Promise.all(
    commands.all.map(async (command) => [
      `docs/cli/${command.id.replaceAll(' ', '-')}.md`,
      await describeCommand(command),
    ]),
  );
}

async function describeCommand(command: CommandDescriptor): Promise<string> {
  const { id, aliases = [], summary, dialects, operand, examples } = command;
  const { options } = await command.load();
  const usage = `plimsoll ${id} [options]${operand === undefined ? '' : ` [${operand.name}]`}`;
  const facts = [
    `${summary}.`,
    operand === undefined ? '' : `\`${operand.name}\`: ${operand.description}.`,
    aliases.length === 0 ? '' : `Also called ${codes(aliases)}.`,
    `Exists under the names ${codes(dialects)}.`,
  ].filter((fact) => fact !== '');
  const shown = examples.map(({ line, does }) => `# ${does}\nplimsoll ${line}`).join('\n\n');
  return [
    heading(`plimsoll ${id}`, 'the command descriptors'),
    facts.join('\n\n'),
    `\n\`\`\`\n${usage}\n\`\`\`\n\n## Examples\n\n\`\`\`sh\n${shown}\n\`\`\`\n\n## Options\n`,
    [...options, ...generalGroups]
      .map(describeGroup)
      .filter((text) => text !== '')
      .join('\n'),
    'Keys for files, variables and trust: [configuration](../configuration.md).\n',
  ].join('\n');
}

function describeGroup({ title, options }: OptionGroup): string {
  const rows = options.flatMap((spec) => {
    const { flags, description, allowed, default: preset } = describeOption(spec);
    if (flags === undefined) return [];
    return [[code(flags), `${description}${allowed.length > 0 ? `: ${codes(allowed)}` : ''}`, code(preset)]];
  });
  return rows.length === 0 ? '' : `### ${title}\n\n${table(['flag', 'meaning', 'default'], rows)}\n`;
}
