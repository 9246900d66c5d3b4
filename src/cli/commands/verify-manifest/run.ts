import type { CommandModule } from '../../command.ts';
import { verifyFile } from '../../verified-file.ts';
import { signatureOptions } from '../../verified-image.ts';

export const module: CommandModule = {
  options: signatureOptions,
  run: (invocation) => verifyFile(invocation, { file: 'manifest' }),
};
