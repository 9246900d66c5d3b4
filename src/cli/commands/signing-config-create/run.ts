import { createSigningConfig } from '../../../app/index.ts';
import {
  baseConfigOption,
  defaultServicesOption,
  fulcioServiceOption,
  noFulcioOption,
  noOidcOption,
  noRekorOption,
  noTsaOption,
  oidcServiceOption,
  rekorSelectionOption,
  rekorServiceOption,
  signingConfigCreateOptions,
  tsaSelectionOption,
  tsaServiceOption,
} from '../../../trust/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { writeCreated } from '../../created.ts';
import { toKeyCache } from '../../key-cache.ts';

async function run(invocation: Invocation): Promise<number> {
  const { options, context } = invocation;
  const logSelection = options.get(rekorSelectionOption);
  const timestampSelection = options.get(tsaSelectionOption);
  const parts = {
    authorities: options.get(fulcioServiceOption),
    logs: options.get(rekorServiceOption),
    providers: options.get(oidcServiceOption),
    timestamps: options.get(tsaServiceOption),
    ...(logSelection !== undefined && { logSelection }),
    ...(timestampSelection !== undefined && { timestampSelection }),
  };
  return writeCreated(invocation, await createSigningConfig(parts, toBase(invocation), context));
}

function toBase({ options, host }: Invocation) {
  const left = [
    { option: noFulcioOption, names: ['caUrls'] },
    { option: noOidcOption, names: ['oidcUrls'] },
    { option: noRekorOption, names: ['rekorTlogUrls', 'rekorTlogConfig'] },
    { option: noTsaOption, names: ['tsaUrls', 'tsaConfig'] },
  ];
  const without = left.filter(({ option }) => options.get(option)).flatMap(({ names }) => names);
  const file = options.get(baseConfigOption);
  const keyCache = toKeyCache(host.environment, { refresh: false });
  return {
    without,
    ...(file !== undefined && { file }),
    ...(options.get(defaultServicesOption) && { keyCache }),
  };
}

export const module: CommandModule = { options: [signingConfigCreateOptions], run };
