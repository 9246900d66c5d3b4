import { type Digest, digestAlgorithm, digestHex } from '../../core/index.ts';

const maxRepository = 255;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tag = /^\w[\w.-]{0,127}$/;

/** distribution-spec, "Pulling manifests": what NAME may be. */
export function isRepositoryName(text: string): boolean {
  return text.length <= maxRepository && text.split('/').every((part) => component.test(part));
}

/** distribution-spec, "Pulling manifests": what a tag as REFERENCE may be. */
export function isTag(text: string): boolean {
  return tag.test(text);
}

/** Where things lie in a storage. A repository's own names start with `_`, which no part of a repository name may. */
export const names: {
  /** Bytes that some repository has, to be shared with others. */
  readonly shared: (digest: Digest) => string;
  /** Uploads of one running server; no other touches them. */
  readonly uploads: (server: string) => string;
  readonly upload: (server: string, id: string) => string;
  readonly blob: (repository: string, digest: Digest) => string;
  readonly manifest: (repository: string, digest: Digest) => string;
  readonly manifests: (repository: string) => string;
  readonly tag: (repository: string, tag: string) => string;
  readonly tags: (repository: string) => string;
  readonly referrer: (repository: string, subject: Digest, digest: Digest) => string;
  readonly referrers: (repository: string, subject: Digest) => string;
  readonly repositories: string;
} = {
  shared: (digest) => `blobs/${flat(digest)}`,
  uploads: (server) => `uploads/${server}`,
  upload: (server, id) => `uploads/${server}/${id}`,
  blob: (repository, digest) => `repositories/${repository}/_blobs/${flat(digest)}`,
  manifest: (repository, digest) => `repositories/${repository}/_manifests/${flat(digest)}`,
  manifests: (repository) => `repositories/${repository}/_manifests`,
  tag: (repository, name) => `repositories/${repository}/_tags/${name}`,
  tags: (repository) => `repositories/${repository}/_tags`,
  referrer: (repository, subject, digest) => `repositories/${repository}/_referrers/${flat(subject)}/${flat(digest)}`,
  referrers: (repository, subject) => `repositories/${repository}/_referrers/${flat(subject)}`,
  repositories: 'repositories',
};

/** `sha256-hex`, a plain file name everywhere. */
function flat(digest: Digest): string {
  return `${digestAlgorithm(digest)}-${digestHex(digest)}`;
}

export function unflat(name: string): string {
  return name.replace('-', ':');
}
