import { makeRegistry, type Registry } from '../../kit/registry.ts';
import { awskms } from './aws/index.ts';
import { azurekms } from './azure/index.ts';
import { gcpkms } from './google/index.ts';
import { pkcs11 } from './pkcs11/index.ts';
import type { KmsScheme } from './scheme.ts';
import { hashivault, openbao } from './vault/index.ts';

/** Every key management system that is asked without a program of others. */
export const kmsSchemes: Registry<KmsScheme> = makeRegistry([hashivault, openbao, pkcs11, awskms, gcpkms, azurekms]);
