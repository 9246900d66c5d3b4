import { attestImage } from '../../../app/index.ts';
import type { OptionGroup } from '../../../core/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  bundleFileOption,
  entryTypeOption,
  evidencePlaceOption,
  newBundleOption,
  noUploadOption,
  predicateOption,
  recordTimeOption,
  replaceOption,
  serviceOptions,
  signingOptions,
  statementOption,
  tokenOptions,
  yesOption,
} from '../../../sign/index.ts';
import { trustedRootOption } from '../../../verify/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { cliError } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { readGiven } from '../../given-file.ts';
import { toPredicateType, typeOption } from '../../predicate.ts';
import { writePart } from '../../signed-blob.ts';
import { sayTag } from '../../signed-image.ts';
import { sayDeprecated, toSigningInput } from '../../signing.ts';

const attestOptions: OptionGroup = {
  id: 'attest',
  title: 'Attestation',
  options: [
    predicateOption,
    typeOption,
    statementOption,
    ...signingOptions,
    bundleFileOption,
    noUploadOption,
    yesOption,
    evidencePlaceOption,
    trustedRootOption,
    newBundleOption,
    replaceOption,
    recordTimeOption,
    entryTypeOption,
  ],
};

const groups: readonly OptionGroup[] = [attestOptions, serviceOptions, registryOptions, tokenOptions];

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  await sayDeprecated(
    invocation,
    groups.flatMap((group) => group.options),
  );
  const isBundle = options.get(newBundleOption);
  const [upload, path] = [!options.get(noUploadOption), options.get(bundleFileOption)];
  if (isBundle && !upload && path === undefined) throw cliError('CLI_SIGN_NOWHERE');
  const { predicatePath, type } = readClaim(invocation);
  const wish = { ...toSigningInput(invocation), ...toWish(invocation), type, upload } as const;
  for (const reference of operands) {
    await sayTag(host, reference);
    const predicate = await readGiven(host, predicatePath);
    await host.stderr.write('Signing artifact...\n');
    const context = await withRegistries(invocation, reference);
    const layout = isBundle ? 'bundle' : 'legacy';
    const { signatures } = await attestImage({ ...wish, layout, reference, predicate }, context);
    const [made] = signatures;
    const content = isBundle ? made?.bundle : made?.legacyBundle;
    await writePart(host, path, content ?? '', (name) => `Wrote bundle to file ${name}`);
  }
  return exitCodes.clean;
}

/** As cosign has it: images are attested by a predicate only. @throws CLI_PREDICATE_* */
function readClaim({ options }: Invocation): { readonly predicatePath: string; readonly type: string } {
  const predicatePath = options.get(predicateOption);
  if (predicatePath === undefined && options.get(statementOption) === undefined) throw cliError('CLI_CLAIM_MISSING');
  if (predicatePath === undefined) throw cliError('CLI_PREDICATE_EMPTY');
  const type = options.get(typeOption);
  toPredicateType(type);
  return { predicatePath, type };
}

function toWish({ options }: Invocation) {
  const repository = options.get(evidencePlaceOption);
  return {
    replace: options.get(replaceOption),
    recordTime: options.get(recordTimeOption),
    ...(repository !== undefined && { repository }),
  };
}

export const module: CommandModule = { options: groups, run };
