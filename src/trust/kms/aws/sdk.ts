import { loadPackage } from '../package.ts';
import type { KmsAccess } from '../scheme.ts';
import type { AwsKeyName } from './reference.ts';
import { makeTransport, type SdkTransport } from './transport.ts';

/** What is used of `@aws-sdk/client-kms`. */
interface Sdk {
  readonly KMSClient: new (options: ClientOptions) => { send(command: object): Promise<Answer> };
  readonly GetPublicKeyCommand: Command<{ readonly KeyId: string }>;
  readonly SignCommand: Command<SignQuestion>;
  readonly CreateKeyCommand: Command<{
    readonly KeySpec: string;
    readonly KeyUsage: string;
    readonly Description: string;
  }>;
  readonly CreateAliasCommand: Command<{ readonly AliasName: string; readonly TargetKeyId: string }>;
}

type Command<T> = new (input: T) => object;

export interface SignQuestion {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MessageType: 'DIGEST';
  readonly SigningAlgorithm: string;
}

/** Fields of answers that are looked at; the service need not have given any. */
export interface Answer {
  readonly PublicKey?: Uint8Array;
  readonly Signature?: Uint8Array;
  readonly KeyMetadata?: { readonly KeyId?: string };
}

interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly maxAttempts: number;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly requestHandler: SdkTransport;
}

/** The service, asked by the SDK. */
export interface AwsKms {
  readonly getPublicKey: (KeyId: string) => Promise<Answer>;
  readonly sign: (question: SignQuestion) => Promise<Answer>;
  readonly createKey: (KeySpec: string) => Promise<Answer>;
  readonly createAlias: (AliasName: string, TargetKeyId: string) => Promise<Answer>;
}

const sdkPackage = { name: '@aws-sdk/client-kms', version: '3.1164.0', title: 'AWS KMS', guide: 'docs/kms.md' };

/** @throws TRUST_PACKAGE_MISSING */
export function openAwsKms(name: AwsKeyName, access: KmsAccess): AwsKms {
  const sdk = loadPackage(sdkPackage, access) as Sdk;
  const client = new sdk.KMSClient(clientOptions(name, access));
  return {
    getPublicKey: (KeyId) => client.send(new sdk.GetPublicKeyCommand({ KeyId })),
    sign: (question) => client.send(new sdk.SignCommand(question)),
    createKey: (KeySpec) =>
      client.send(new sdk.CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY', Description: 'Created by Plimsoll' })),
    createAlias: (AliasName, TargetKeyId) => client.send(new sdk.CreateAliasCommand({ AliasName, TargetKeyId })),
  };
}

/** What the environment does not say, the SDK looks for itself: profiles, web identities, the machine's role. */
function clientOptions({ endpoint, region: told }: AwsKeyName, access: KmsAccess): ClientOptions {
  const variable = (...names: readonly string[]): string | undefined =>
    names.map((name) => access.environment[name]).find((value) => value !== undefined && value !== '');
  const region = told ?? variable('AWS_REGION', 'AWS_DEFAULT_REGION');
  const address = endpoint === undefined ? variable('AWS_ENDPOINT_URL_KMS', 'AWS_ENDPOINT_URL') : `https://${endpoint}`;
  const profile = variable('AWS_PROFILE');
  const [accessKeyId, secretAccessKey] = [variable('AWS_ACCESS_KEY_ID'), variable('AWS_SECRET_ACCESS_KEY')];
  const sessionToken = variable('AWS_SESSION_TOKEN');
  const isGiven = accessKeyId !== undefined && secretAccessKey !== undefined;
  return {
    maxAttempts: 3,
    requestHandler: makeTransport(access),
    ...(region !== undefined && { region }),
    ...(address !== undefined && { endpoint: address }),
    ...(profile !== undefined && { profile }),
    ...(isGiven && {
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    }),
  };
}
