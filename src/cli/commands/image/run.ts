import type { ImageTarget } from '../../../app/index.ts';
import { parsePlatform } from '../../../oci/index.ts';
import { imageSourcesOption, inputOption, platformOption, targetOptions } from '../../../targets/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { requireTarget, runScan, scanOptionGroups } from '../../scan.ts';

async function run(invocation: Invocation): Promise<number> {
  return runScan(invocation, async (scan, rendering) => {
    const image = toTarget(invocation);
    const context = await withRegistries(invocation, image.kind === 'reference' ? image.reference : undefined);
    const { scanImageText } = await import('../../../app/index.ts');
    return scanImageText({ ...scan, image }, rendering, context);
  });
}

function toTarget(invocation: Invocation): ImageTarget {
  const { options } = invocation;
  const path = options.get(inputOption);
  const platform = options.get(platformOption);
  const chosen = platform === undefined ? {} : { platform: parsePlatform(platform) };
  if (path !== undefined) return { kind: 'archive', path, ...chosen };
  return {
    kind: 'reference',
    reference: requireTarget(invocation),
    sources: options.get(imageSourcesOption),
    ...chosen,
  };
}

export const module: CommandModule = { options: [targetOptions, ...scanOptionGroups], run };
