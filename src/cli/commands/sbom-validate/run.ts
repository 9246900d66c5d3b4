import { validateSbom } from '../../../app/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { formatOption, reportOptions } from '../../../reports/index.ts';
import type { SbomValidation } from '../../../sbom/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { openSbom, sbomContext } from '../../sbom.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const validation = await validateSbom(await openSbom(operands[0] ?? '', invocation), await sbomContext(invocation));
  const json = options.get(formatOption) === 'json';
  await host.stdout.write(json ? toJsonText(validation) : formatValidation(validation));
  return validation.problems.some(({ severity }) => severity === 'error') ? exitCodes.error : exitCodes.clean;
}

/** One line for each problem, and one that sums up. */
function formatValidation({ standard, format, problems }: SbomValidation): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const lines = [
    ...problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`),
    `${format}, ${standard}: ${errors} errors, ${problems.length - errors} warnings`,
  ];
  return lines.map((line) => `${toVisibleLine(line)}\n`).join('');
}

export const module: CommandModule = { options: [{ ...reportOptions, options: [formatOption] }, registryOptions], run };
