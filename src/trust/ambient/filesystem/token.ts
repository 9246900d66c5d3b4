import { readWhole } from '../../../disk/index.ts';
import type { AskToken } from '../provider.ts';
import { tokenPath } from './path.ts';

const maxSize = 64 * 1024;

export const askToken: AskToken = async (surroundings) =>
  (await readWhole(tokenPath(surroundings), maxSize)).toString('utf8').trim();
