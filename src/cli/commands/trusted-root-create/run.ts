import { createTrustedRoot } from '../../../app/index.ts';
import {
  authorityOption,
  certificateLogOption,
  defaultServicesOption,
  logOption,
  noCtfeOption,
  noFulcioOption,
  noRekorOption,
  noTsaOption,
  timestampOption,
  trustedRootCreateOptions,
} from '../../../trust/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { writeCreated } from '../../created.ts';
import { toKeyCache } from '../../key-cache.ts';

async function run(invocation: Invocation): Promise<number> {
  const { options, host, context } = invocation;
  const parts = {
    authorities: options.get(authorityOption),
    certificateLogs: options.get(certificateLogOption),
    logs: options.get(logOption),
    timestamps: options.get(timestampOption),
  };
  const left = [
    { option: noFulcioOption, name: 'certificateAuthorities' },
    { option: noCtfeOption, name: 'ctlogs' },
    { option: noRekorOption, name: 'tlogs' },
    { option: noTsaOption, name: 'timestampAuthorities' },
  ];
  const without = left.filter(({ option }) => options.get(option)).map(({ name }) => name);
  const keyCache = toKeyCache(host.environment, { refresh: false });
  const base = { without, ...(options.get(defaultServicesOption) && { keyCache }) };
  return writeCreated(invocation, await createTrustedRoot(parts, base, context));
}

export const module: CommandModule = { options: [trustedRootCreateOptions], run };
