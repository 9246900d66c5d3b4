import { keyCover, type RotationPlace } from '../../../app/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  allowChainOption,
  evidenceRepositoryOption,
  ignoreCertificateLogOption,
  ignoreLogOption,
  localImageOption,
  proofOptions,
  signedTimestampsOption,
  trustedRootOption,
} from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import { type CommandModule, commandLine, type Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { toKeyCache } from '../../key-cache.ts';
import { toKeySource } from '../../key-source.ts';
import { coverFormatOption, newKeyOption, oldKeyOption, rotateOptions } from './options.ts';
import { toCoverText } from './text.ts';

/** Ends with 1 while any image is left, and with 3 where that cannot be told of one. */
async function run(invocation: Invocation): Promise<number> {
  const { host, options, operands, descriptor, dialect } = invocation;
  const [oldKey, newKey] = [options.get(oldKeyOption), options.get(newKeyOption)];
  if (oldKey === undefined || newKey === undefined) {
    throw cliError('CLI_ROTATE_KEYS', { data: { command: commandLine(descriptor, dialect) } });
  }
  const trustedRoot = options.get(trustedRootOption);
  const places = operands.map((operand) => toPlace(invocation, operand));
  const references = places.flatMap((place) => (place.kind === 'registry' ? [place.reference] : []));
  const covers = await keyCover(
    {
      oldKey: toKeySource(oldKey, host),
      newKey: toKeySource(newKey, host),
      places,
      keyCache: toKeyCache(host.environment, { refresh: !options.get(localImageOption) }),
      ignoreLog: options.get(ignoreLogOption),
      ignoreCertificateLog: options.get(ignoreCertificateLogOption),
      allowChain: options.get(allowChainOption),
      ...(trustedRoot !== undefined && { trustedRoot }),
      ...(options.get(signedTimestampsOption) && { timestamps: 'demanded' }),
    },
    await withRegistries(invocation, ...references),
  );
  await host.stdout.write(
    options.get(coverFormatOption) === 'json' ? toJsonText({ images: covers }) : toCoverText(covers),
  );
  if (covers.some(({ cover }) => cover === 'old')) return exitCodes.error;
  return covers.some(({ cover }) => cover === 'unknown') ? exitCodes.incomplete : exitCodes.clean;
}

function toPlace({ options }: Invocation, operand: string): RotationPlace {
  if (options.get(localImageOption)) return { kind: 'directory', path: operand };
  const repository = options.get(evidenceRepositoryOption);
  return { kind: 'registry', reference: operand, ...(repository !== undefined && { repository }) };
}

export const module: CommandModule = { options: [rotateOptions, proofOptions, registryOptions], run };
