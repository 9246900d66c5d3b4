import type { InTurn } from '../../kit/in-turn.ts';
import type { OpenUploads } from './open-uploads.ts';
import type { RegistrySettings } from './settings.ts';
import type { Storage } from './storage.ts';

/** One registry while it runs. */
export interface RegistryState {
  readonly storage: Storage;
  readonly settings: RegistrySettings;
  readonly uploads: OpenUploads;
  /** Changes to one repository happen one after another, and so does keeping the same bytes. */
  readonly inTurn: InTurn;
}
