import { makeRegistry, type Registry } from '../../kit/registry.ts';
import { github } from './github/index.ts';
import { gitlab } from './gitlab/index.ts';
import { k8s } from './k8s/index.ts';
import type { KeyStore } from './store.ts';

/** Every place that a key pair can be kept in for others. */
export const keyStores: Registry<KeyStore> = makeRegistry([k8s, github, gitlab]);
