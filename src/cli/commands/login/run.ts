import type { BooleanOption, TextOption } from '../../../core/index.ts';
import { collectBytes } from '../../../kit/collect.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { verboseGroup } from '../../crane-options.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';

const usernameOption: TextOption = {
  kind: 'text',
  flag: 'username',
  short: 'u',
  key: 'login.username',
  local: true,
  placeholder: 'NAME',
  description: 'Log in under this name',
  trust: 'any',
};

const passwordOption: TextOption = {
  kind: 'text',
  flag: 'password',
  short: 'p',
  key: 'login.password',
  local: true,
  placeholder: 'PASSWORD',
  description: 'Its password; prefer --password-stdin, which other users cannot see',
  trust: 'any',
  secret: true,
};

const passwordStdinOption: BooleanOption = {
  kind: 'boolean',
  flag: 'password-stdin',
  key: 'login.password-stdin',
  local: true,
  description: 'Read the password from the standard input',
  trust: 'any',
};

const maxPassword = 64 * 1024;

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host, context } = invocation;
  const [registry = ''] = operands;
  const username = options.get(usernameOption) ?? '';
  const password = options.get(passwordStdinOption) ? await readPassword(invocation) : options.get(passwordOption);
  if (username === '' && (password ?? '') === '') throw refuseEmpty(invocation);
  const { storeLogin } = await import('../../../app/index.ts');
  const input = { registry, username, password: password ?? '', environment: host.environment };
  const { path, helper } = await storeLogin(input, context);
  if (helper === undefined) context.log.warn('The password can be read by who reads the file', { path });
  context.log.info('Logged in', { registry, via: helper === undefined ? path : `docker-credential-${helper}` });
  return exitCodes.clean;
}

/** All of it but the end of the line, as docker takes it. */
async function readPassword(invocation: Invocation): Promise<string> {
  const bytes = await collectBytes(invocation.host.stdin(), maxPassword);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit: maxPassword } });
  return bytes.toString('utf8').replace(/\r?\n$/, '');
}

function refuseEmpty({ descriptor, dialect }: Invocation): Error {
  const reason = 'username and password required';
  return cliError('CLI_USAGE', { data: { reason, command: commandLine(descriptor, dialect) } });
}

export const module: CommandModule = {
  options: [
    { id: 'login', title: 'Login', options: [usernameOption, passwordOption, passwordStdinOption] },
    verboseGroup,
  ],
  run,
};
