import { makeRegistry, type Registry } from '../../kit/registry.ts';
import { buildkiteAgent } from './buildkite-agent/index.ts';
import { envvar } from './envvar/index.ts';
import { filesystem } from './filesystem/index.ts';
import { githubActions } from './github-actions/index.ts';
import { googleImpersonate } from './google-impersonate/index.ts';
import { googleWorkloadIdentity } from './google-workload-identity/index.ts';
import type { AmbientProvider } from './provider.ts';
import { spiffe } from './spiffe/index.ts';

/** Every place that gives tokens, in the order in which they are looked for: that of cosign. */
export const ambientProviders: Registry<AmbientProvider> = makeRegistry([
  githubActions,
  buildkiteAgent,
  envvar,
  filesystem,
  googleWorkloadIdentity,
  googleImpersonate,
  spiffe,
]);
