import type { CommandModule } from '../../command.ts';
import { signatureOptions, verifyAndTell } from '../../verified-image.ts';

export const module: CommandModule = { options: signatureOptions, run: verifyAndTell };
