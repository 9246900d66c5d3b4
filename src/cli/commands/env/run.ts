import type { BooleanOption, OptionGroup, WithDefault } from '../../../core/index.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { optionsOf } from '../../own-option.ts';
import { variables } from './data.ts';

const own = optionsOf('env');

const descriptionsOption: WithDefault<BooleanOption> = {
  ...own('show-descriptions', 'Say what each is for'),
  kind: 'boolean',
  default: true,
};
const sensitiveOption: BooleanOption = { ...own('show-sensitive-values', 'Print secrets too'), kind: 'boolean' };

const envOptions: OptionGroup = { id: 'env', title: 'Variables', options: [descriptionsOption, sensitiveOption] };

/** Beside those that are known, others of these families are printed, their values hidden. */
const families = /^(COSIGN|SIGSTORE|TUF)_/;

async function run({ host, options }: Invocation): Promise<number> {
  const { environment } = host;
  const showAll = options.get(sensitiveOption);
  const isTold = options.get(descriptionsOption);
  const say = (name: string, isSecret: boolean): string => {
    const value = environment[name] ?? '';
    return `${name}=${isSecret && !showAll && value !== '' ? '******' : value}`;
  };
  const known = variables.flatMap(({ name, description, expects, sensitive = false }) => [
    ...(isTold ? [`# ${name} ${description}`, `# Expects: ${expects}`] : []),
    say(name, sensitive),
  ]);
  const names = new Set(variables.map(({ name }) => name));
  const others = Object.keys(environment).filter((name) => families.test(name) && !names.has(name));
  const heading = isTold && others.length > 0 ? ['# Others that are set, and may or may not be looked at:'] : [];
  const lines = [...known, ...heading, ...others.map((name) => say(name, true))];
  await host.stdout.write(lines.map((line) => `${toVisibleLine(line)}\n`).join(''));
  return exitCodes.clean;
}

export const module: CommandModule = { options: [envOptions], run };
