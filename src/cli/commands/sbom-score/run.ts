import { scoreSbom } from '../../../app/index.ts';
import { toJsonText } from '../../../kit/json-text.ts';
import { toVisibleLine } from '../../../kit/visible-text.ts';
import { registryOptions } from '../../../oci/index.ts';
import { formatOption, reportOptions } from '../../../reports/index.ts';
import { type BomScore, failUnderOption } from '../../../sbom/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { openSbom, sbomContext } from '../../sbom.ts';

async function run(invocation: Invocation): Promise<number> {
  const { operands, options, host } = invocation;
  const scores = await scoreSbom(await openSbom(operands[0] ?? '', invocation), await sbomContext(invocation));
  const json = options.get(formatOption) === 'json';
  await host.stdout.write(json ? toJsonText(scores) : scores.map(formatScore).join('\n'));
  const least = options.get(failUnderOption);
  return scores.some(({ points }) => points < least) ? exitCodes.error : exitCodes.clean;
}

/** The points, then one line for each element with how many have it and examples of what has not. */
function formatScore({ title, points, elements }: BomScore): string {
  const width = Math.max(...elements.map((element) => element.title.length));
  const lines = elements.map((element) => {
    const { present, total, missing } = element;
    const share = `${present}/${total}`.padStart(11);
    return `  ${element.title.padEnd(width)} ${share}${missing.length === 0 ? '' : `  without: ${missing.join(', ')}`}`;
  });
  return [`${title}: ${points} of 100`, ...lines].map((line) => `${toVisibleLine(line)}\n`).join('');
}

export const module: CommandModule = {
  options: [{ ...reportOptions, options: [formatOption, failUnderOption] }, registryOptions],
  run,
};
