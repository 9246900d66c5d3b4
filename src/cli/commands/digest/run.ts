import type { BooleanOption } from '../../../core/index.ts';
import { parseImageReference } from '../../../core/index.ts';
import { craneRepository } from '../../../oci/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { askedPlatform, imageGroups } from '../../crane-options.ts';
import { exitCodes } from '../../exit-codes.ts';
import { requireOperand } from '../../operand.ts';

const fullRefOption: BooleanOption = {
  kind: 'boolean',
  flag: 'full-ref',
  key: 'digest.full-ref',
  local: true,
  description: 'Print the name of the image with the digest',
  trust: 'any',
};

async function run(invocation: Invocation): Promise<number> {
  const { options, host } = invocation;
  const reference = requireOperand(invocation, 0);
  const { imageDigest } = await import('../../../app/index.ts');
  const context = await withRegistries(invocation, reference);
  const digest = await imageDigest({ reference, ...askedPlatform(invocation) }, context);
  const name = options.get(fullRefOption) ? `${craneRepository(parseImageReference(reference))}@` : '';
  await host.stdout.write(`${name}${digest}\n`);
  return exitCodes.clean;
}

export const module: CommandModule = { options: imageGroups('Digest', fullRefOption), run };
