/** A variable of cosign. */
export interface KnownVariable {
  readonly name: string;
  readonly description: string;
  readonly expects: string;
  readonly sensitive?: true;
}

const path = 'a path';

/** Those that cosign lists, in its order. */
export const variables: readonly KnownVariable[] = [
  {
    name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    description: 'lets a workflow of GitHub ask for an identity token',
    expects: 'a bearer token',
    sensitive: true,
  },
  {
    name: 'ACTIONS_ID_TOKEN_REQUEST_URL',
    description: 'is where a workflow of GitHub asks for an identity token',
    expects: 'an address',
  },
  {
    name: 'BUILDKITE_AGENT_ACCESS_TOKEN',
    description: 'lets a job of Buildkite ask for an identity token',
    expects: 'a token',
    sensitive: true,
  },
  { name: 'BUILDKITE_AGENT_ENDPOINT', description: 'is where the agent of Buildkite asks', expects: 'an address' },
  { name: 'BUILDKITE_AGENT_LOG_LEVEL', description: 'is how much the agent of Buildkite says', expects: 'a level' },
  { name: 'BUILDKITE_JOB_ID', description: 'is the job of Buildkite that the token is for', expects: 'an id' },
  {
    name: 'COSIGN_DOCKER_MEDIA_TYPES',
    description: "writes signatures with Docker's media types",
    expects: '1 for registries that know no others',
  },
  { name: 'COSIGN_EXPERIMENTAL', description: 'switches on what is experimental in cosign', expects: '1' },
  {
    name: 'COSIGN_MAX_ATTACHMENT_SIZE',
    description: 'is how large evidence may be',
    expects: 'a size such as 45MiB; 128MiB unless given',
  },
  {
    name: 'COSIGN_PASSWORD',
    description: 'opens private keys',
    expects: 'a password; the terminal is asked without it',
    sensitive: true,
  },
  {
    name: 'COSIGN_PKCS11_IGNORE_CERTIFICATE',
    description: 'leaves certificates on tokens alone',
    expects: '1',
  },
  { name: 'COSIGN_PKCS11_MODULE_PATH', description: 'is the module of a token', expects: path },
  { name: 'COSIGN_PKCS11_PIN', description: 'opens a token', expects: 'a PIN', sensitive: true },
  { name: 'COSIGN_REPOSITORY', description: 'is where evidence is kept instead', expects: 'a repository' },
  { name: 'GITHUB_HOST', description: 'is a GitHub of your own', expects: 'an address' },
  { name: 'GITHUB_TOKEN', description: 'is a login for GitHub', expects: 'a token', sensitive: true },
  { name: 'GITLAB_HOST', description: 'is a GitLab of your own', expects: 'an address' },
  { name: 'GITLAB_TOKEN', description: 'is a login for GitLab', expects: 'a token', sensitive: true },
  {
    name: 'GOOGLE_SERVICE_ACCOUNT_NAME',
    description: 'is the account of Google to sign as',
    expects: 'the name of an account',
  },
  { name: 'SIGSTORE_CT_LOG_PUBLIC_KEY_FILE', description: 'is the key of the certificate log', expects: path },
  { name: 'SIGSTORE_ID_TOKEN', description: 'is the identity to sign by', expects: 'a token', sensitive: true },
  { name: 'SIGSTORE_REKOR_PUBLIC_KEY', description: 'is the key of the log', expects: path },
  { name: 'SIGSTORE_ROOT_FILE', description: 'is the root of the certificate authority', expects: path },
  { name: 'SIGSTORE_TSA_CERTIFICATE_FILE', description: 'is the chain of the timestamp authority', expects: path },
  { name: 'SOURCE_DATE_EPOCH', description: 'is the time that is stated', expects: 'seconds since 1970' },
  { name: 'SPIFFE_ENDPOINT_SOCKET', description: 'is where SPIFFE gives identities', expects: 'a path of a socket' },
  { name: 'TUF_MIRROR', description: 'is where trusted keys are fetched', expects: 'an address' },
  { name: 'TUF_ROOT', description: 'is where trusted keys are cached', expects: path },
  { name: 'TUF_ROOT_JSON', description: 'is the root.json to begin with', expects: path },
];
