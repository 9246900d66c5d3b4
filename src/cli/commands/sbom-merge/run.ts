import { mergeSboms, type SbomTarget } from '../../../app/index.ts';
import { outputOption, reportOptions, specVersionOption } from '../../../reports/index.ts';
import { mergedNameOption, sbomFormatOption } from '../../../sbom/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writeResult } from '../../report.ts';
import { openSbom } from '../../sbom.ts';
import { programVersion } from '../../version.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, context } = invocation;
  const sboms: SbomTarget[] = [];
  for (const operand of operands) sboms.push(await openSbom(operand, invocation));
  const specVersion = options.get(specVersionOption);
  const text = await mergeSboms(
    {
      sboms,
      name: options.get(mergedNameOption),
      format: options.get(sbomFormatOption),
      ...(specVersion !== undefined && { specVersion }),
      toolVersion: programVersion,
    },
    context,
  );
  await writeResult([text], invocation);
  return exitCodes.clean;
}

export const module: CommandModule = {
  options: [{ ...reportOptions, options: [sbomFormatOption, specVersionOption, outputOption, mergedNameOption] }],
  run,
};
