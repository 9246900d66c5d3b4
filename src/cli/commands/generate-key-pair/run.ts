import { generateKeyPair, generateKmsKey, generateStoredPair } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { generateOptions, kmsOption, outputPrefixOption } from '../../../sign/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { keepKeyPair } from '../../key-pair.ts';
import { askPassword } from '../../prompt.ts';

async function run(invocation: Invocation): Promise<number> {
  const { host, options, operands } = invocation;
  const reference = options.get(kmsOption);
  const prefix = options.get(outputPrefixOption);
  if (reference !== undefined) return makeElsewhere(invocation, { reference, prefix });
  const password = await askPassword(host, { twice: true });
  const [place] = operands;
  if (place !== undefined) return storeElsewhere(invocation, { place, prefix, password });
  return keepKeyPair(host, (replace) => generateKeyPair({ prefix, password, replace }));
}

/** The private half never leaves the system; the public half is written, whatever was there. */
async function makeElsewhere(
  invocation: Invocation,
  { reference, prefix }: { readonly reference: string; readonly prefix: string },
): Promise<number> {
  const { environment, stderr } = invocation.host;
  const source = { kind: 'kms', reference, environment } as const;
  const path = await generateKmsKey({ source, prefix }, await withRegistries(invocation));
  await stderr.write(`Public key written to ${path}\n`);
  return exitCodes.clean;
}

/** The pair is kept for others; the public half is written too, whatever was there. */
async function storeElsewhere(
  invocation: Invocation,
  { place, ...pair }: { readonly place: string; readonly prefix: string; readonly password: Uint8Array },
): Promise<number> {
  const { environment, stderr } = invocation.host;
  const source = { reference: place, environment };
  const told = await generateStoredPair({ source, ...pair }, await withRegistries(invocation));
  for (const line of told) await stderr.write(`${line}\n`);
  return exitCodes.clean;
}

export const module: CommandModule = { options: [generateOptions, registryOptions], run };
