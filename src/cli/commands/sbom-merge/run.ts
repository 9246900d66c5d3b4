import { mergeSboms, type SbomTarget } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import { outputOption, reportOptions, specVersionOption } from '../../../reports/index.ts';
import { mergedNameOption, sbomFormatOption } from '../../../sbom/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writeResult } from '../../report.ts';
import { openSbom, sbomContext } from '../../sbom.ts';
import { programVersion } from '../../version.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options } = invocation;
  const sboms: SbomTarget[] = [];
  for (const operand of operands) sboms.push(await openSbom(operand, invocation));
  const name = options.get(mergedNameOption);
  const specVersion = options.get(specVersionOption);
  const text = await mergeSboms(
    {
      sboms,
      ...(name !== undefined && { name }),
      format: options.get(sbomFormatOption),
      ...(specVersion !== undefined && { specVersion }),
      toolVersion: programVersion,
    },
    await sbomContext(invocation),
  );
  await writeResult([text], invocation);
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [
    { ...reportOptions, options: [sbomFormatOption, specVersionOption, outputOption, mergedNameOption] },
    registryOptions,
  ],
  run,
};
