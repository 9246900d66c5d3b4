import type { KeyPairOutcome } from '../app/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { Host } from './host.ts';
import { confirm } from './prompt.ts';

/** Writes a key pair and says where; asks before a private key is replaced. @throws CLI_DECLINED, CLI_ANSWER_INVALID */
export async function keepKeyPair(
  host: Host,
  write: (replace: boolean) => Promise<KeyPairOutcome>,
  { yes = false }: { readonly yes?: boolean } = {},
): Promise<number> {
  let result = await write(false);
  if (result.outcome === 'exists') {
    await host.stderr.write(`WARNING: File ${result.privatePath} already exists. Overwrite?\n`);
    if (!yes) await confirm(host);
    result = await write(true);
  }
  if (result.outcome === 'written') {
    await host.stderr.write(
      `Private key written to ${result.privatePath}\nPublic key written to ${result.publicPath}\n`,
    );
  }
  return exitCodes.clean;
}
