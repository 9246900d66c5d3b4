import type { AmbientProvider } from '../provider.ts';

export const buildkiteAgent: AmbientProvider = {
  id: 'buildkite-agent',
  title: 'A job of Buildkite',
  isHere: ({ environment }) => Boolean(environment['BUILDKITE_AGENT_ACCESS_TOKEN']),
  load: async () => (await import('./token.ts')).askToken,
};
