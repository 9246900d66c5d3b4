import { ociError } from '../errors.ts';
import type { ConfigDocument, ExecutionDocument } from './documents.ts';
import { type EditedImage, isImageConfig } from './edited.ts';

/** What to change of how an image runs; empty values change nothing. */
export interface ConfigChanges {
  readonly labels?: ReadonlyMap<string, string>;
  /** In the order in which they were given; a later one of a name replaces an earlier one. */
  readonly env?: readonly (readonly [name: string, value: string])[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly exposedPorts?: readonly string[];
  /** `os/architecture[/variant][:os.version]` in parts. */
  readonly platform?: PlatformChange;
}

export interface PlatformChange {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
  readonly osVersion: string;
}

/** Changes how an image runs; of an artifact only the manifest can be changed. @throws OCI_EDIT_ENV_INVALID */
export function changeConfig(image: EditedImage, changes: ConfigChanges): EditedImage {
  if (!isImageConfig(image.manifest.config.mediaType)) return image;
  const { config } = image;
  const changed = { ...config, config: changeExecution(config, changes) };
  return { ...image, config: changes.platform === undefined ? changed : withPlatform(changed, changes.platform) };
}

function changeExecution(document: ConfigDocument, changes: ConfigChanges): ExecutionDocument {
  const { config = {}, os } = document;
  const {
    labels = new Map(),
    env = [],
    entrypoint = [],
    cmd = [],
    user = '',
    workdir = '',
    exposedPorts = [],
  } = changes;
  // As docker has it, a command belongs to the entrypoint it was written for.
  const { Cmd, ...withoutCommand } = config;
  return {
    ...(entrypoint.length === 0 ? config : { ...withoutCommand, Entrypoint: entrypoint }),
    Labels: new Map([...(config.Labels ?? []), ...labels]),
    Env: changeEnv(config.Env ?? [], env, os === 'windows'),
    ...(cmd.length > 0 && { Cmd: cmd }),
    ...(user !== '' && { User: user }),
    ...(workdir !== '' && { WorkingDir: workdir }),
    ...(exposedPorts.length > 0 && { ExposedPorts: new Set(exposedPorts) }),
  };
}

/** Variables keep their places; new ones follow, on Windows in capitals. */
function changeEnv(old: readonly string[], changes: Required<ConfigChanges>['env'], isWindows: boolean): string[] {
  const values = new Map(changes);
  const kept = old.map((entry) => {
    const at = entry.indexOf('=');
    if (at < 0) throw ociError('OCI_EDIT_ENV_INVALID', { data: { entry: entry.slice(0, 200) } });
    const name = entry.slice(0, at);
    const value = values.get(name);
    // Where an image has a variable twice, only the first is changed.
    return values.delete(name) ? `${name}=${value}` : entry;
  });
  const added = changes.filter(([name]) => values.has(name));
  return [...kept, ...added.map(([name, value]) => `${isWindows ? name.toUpperCase() : name}=${value}`)];
}

function withPlatform(document: ConfigDocument, platform: PlatformChange): ConfigDocument {
  const { os, architecture, variant, osVersion } = platform;
  return { ...document, os, architecture, variant, 'os.version': osVersion };
}
