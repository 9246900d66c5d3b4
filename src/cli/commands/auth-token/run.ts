import type { BooleanOption, ListOption } from '../../../core/index.ts';
import { toJsonLine } from '../../../kit/json-text.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';

const headerOption: BooleanOption = {
  kind: 'boolean',
  flag: 'header',
  short: 'H',
  key: 'auth-token.header',
  local: true,
  description: 'Print an Authorization header',
  trust: 'any',
};

const pushOption: BooleanOption = {
  kind: 'boolean',
  flag: 'push',
  key: 'auth-token.push',
  local: true,
  description: 'Ask for leave to push',
  trust: 'any',
};

const mountOption: ListOption = {
  kind: 'list',
  flag: 'mount',
  short: 'm',
  key: 'auth-token.mount',
  local: true,
  placeholder: 'REPOSITORY',
  description: 'Ask for leave to mount from these repositories too',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const [repository = ''] = operands;
  const { fetchRegistryToken } = await import('../../../app/index.ts');
  const input = { repository, push: options.get(pushOption), mounts: options.get(mountOption) };
  const answer = await fetchRegistryToken(input, await withRegistries(invocation, repository));
  if (options.get(headerOption)) await host.stdout.write(`Authorization: Bearer ${answer.token}`);
  else await host.stdout.write(`${toJsonLine(toDocument(answer))}\n`);
  return exitCodes.clean;
}

function toDocument(answer: {
  readonly token: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}): object {
  const { token, accessToken, refreshToken, expiresIn } = answer;
  return {
    token,
    ...(accessToken !== '' && { access_token: accessToken }),
    refresh_token: refreshToken,
    expires_in: expiresIn,
  };
}

export const module: CommandModule = {
  options: imageGroups('Token', headerOption, pushOption, mountOption),
  run,
};
