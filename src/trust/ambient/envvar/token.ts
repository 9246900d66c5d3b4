import type { AskToken } from '../provider.ts';
import { requireVariable } from '../variable.ts';

/** Whom the token is for was said where the variable was filled. */
export const askToken: AskToken = async (surroundings) =>
  requireVariable('envvar', 'SIGSTORE_ID_TOKEN', surroundings).trim();
