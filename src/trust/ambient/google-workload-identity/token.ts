import { askMetadata } from '../google-metadata.ts';
import type { AskToken } from '../provider.ts';

/** The metadata server answers with the bare token. */
export const askToken: AskToken = async (surroundings, audience) => {
  const question = `identity?${new URLSearchParams({ audience, format: 'full' })}`;
  return (await askMetadata(surroundings, question)).body.toString('latin1').trim();
};
