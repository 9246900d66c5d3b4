import { initializeTrust } from '../../../app/index.ts';
import { registryOptions } from '../../../oci/index.ts';
import {
  initializeOptions,
  mirrorOption,
  rootChecksumOption,
  rootOption,
  stagingOption,
} from '../../../trust/index.ts';
import { withRegistries } from '../../access.ts';
import type { CommandModule, Invocation } from '../../command.ts';
import { exitCodes } from '../../exit-codes.ts';
import { keyDirectory } from '../../key-cache.ts';

const stagingMirror = 'https://tuf-repo-cdn.sigstage.dev';

async function run(invocation: Invocation): Promise<number> {
  const { options, host, dialect } = invocation;
  const root = options.get(rootOption);
  const rootChecksum = options.get(rootChecksumOption);
  if (root !== undefined && /^https?:/.test(root) && rootChecksum === undefined) {
    await host.stderr.write(
      'WARNING: Fetching initial root from URL without providing its checksum is deprecated and will be disallowed in a ' +
        'future Cosign release. Please provide the initial root checksum via the --root-checksum argument.\n',
    );
  }
  const done = await initializeTrust(
    {
      directory: keyDirectory(host.environment),
      mirror: options.get(stagingOption) ? stagingMirror : options.get(mirrorOption),
      ...(root !== undefined && { root }),
      ...(rootChecksum !== undefined && { rootChecksum }),
    },
    await withRegistries(invocation),
  );
  if (!done.targets.includes('signing_config.v0.2.json')) {
    await host.stderr.write('WARNING: Could not fetch signing_config.json from the TUF mirror: it has none.\n');
  }
  if (dialect.id !== 'cosign') {
    await host.stdout.write(`${done.directory}: ${done.targets.join(', ')} of ${done.mirror}\n`);
  }
  return exitCodes.clean;
}

export const module: CommandModule = { options: [initializeOptions, registryOptions], run };
