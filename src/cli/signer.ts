import type { SignerInput } from '../app/index.ts';
import type { ResolvedOptions } from '../config/index.ts';
import type { TextOption } from '../core/index.ts';
import {
  type IdentityPolicy,
  identityOption,
  identityPatternOption,
  issuerOption,
  issuerPatternOption,
  keyOption,
  nameOption,
  refOption,
  repositoryOption,
  shaOption,
  type TextMatch,
  triggerOption,
  trustedRootOption,
  trustFileOption,
} from '../verify/index.ts';
import type { Invocation } from './command.ts';
import { cliError } from './errors.ts';
import { toKeySource } from './key-source.ts';

const claimOptions = {
  githubWorkflowTrigger: triggerOption,
  githubWorkflowSha: shaOption,
  githubWorkflowName: nameOption,
  githubWorkflowRepository: repositoryOption,
  githubWorkflowRef: refOption,
} as const;

/** Who must have signed, by the flags: a key, or both a name and who vouches for it. @throws CLI_SIGNER_*, CLI_KEY_* */
export function toSigner({ options, host }: Pick<Invocation, 'options' | 'host'>): SignerInput {
  const path = options.get(keyOption);
  const name = matchOf(options, identityOption, identityPatternOption);
  const issuer = matchOf(options, issuerOption, issuerPatternOption);
  const trustFile = options.get(trustFileOption);
  if (trustFile !== undefined) {
    const others = [path, name, issuer, options.get(trustedRootOption)];
    if (others.some((other) => other !== undefined))
      throw cliError('CLI_TRUST_FILE_TWICE', { data: { file: trustFile } });
    return { kind: 'trust-file', path: trustFile };
  }
  if (path !== undefined) {
    if (name !== undefined) throw cliError('CLI_SIGNER_TWICE', { data: { key: path, identity: nameOf(name) } });
    const source = toKeySource(path, host);
    return source.kind === 'file' ? { kind: 'key', path } : { kind: 'key-source', source };
  }
  if (name === undefined) throw cliError('CLI_IDENTITY_MISSING');
  if (issuer === undefined) throw cliError('CLI_ISSUER_MISSING');
  return { kind: 'identity', identities: [{ name, issuer, claims: claimsOf(options) }] };
}

function matchOf(options: ResolvedOptions, exactly: TextOption, like: TextOption): TextMatch | undefined {
  const exact = options.get(exactly);
  const pattern = options.get(like);
  if (exact === undefined && pattern === undefined) return undefined;
  return { ...(exact !== undefined && { exact }), ...(pattern !== undefined && { pattern }) };
}

function nameOf({ exact, pattern }: TextMatch): string {
  return exact ?? pattern ?? '';
}

function claimsOf(options: ResolvedOptions): NonNullable<IdentityPolicy['claims']> {
  const given = Object.entries(claimOptions).map(([claim, option]) => [claim, options.get(option)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
