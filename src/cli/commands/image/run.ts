import { parsePlatform } from '../../../oci/index.ts';
import { inputOption, platformOption, targetOptions } from '../../../targets/index.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  const { scanImage } = await import('../../../app/index.ts');
  const { options, context } = invocation;
  const platform = options.get(platformOption);
  const input = options.get(inputOption) ?? requireTarget(invocation);
  return runScan(invocation, (scan) =>
    scanImage(
      { ...scan, image: { input, ...(platform !== undefined && { platform: parsePlatform(platform) }) } },
      context,
    ),
  );
}

export const module: CommandModule = { options: [targetOptions, ...scanOptionGroups], run };
