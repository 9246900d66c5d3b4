import { resolve } from 'node:path';
import type { LayerInput, StoredEdit } from '../app/index.ts';
import type { ListOption, TextOption } from '../core/index.ts';
import { craneRepository, type PlatformChange, passwordStdinOption } from '../oci/index.ts';
import { commandLine, type Invocation } from './command.ts';
import { cliError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { readListFlag } from './flag-values.ts';

/** What several commands that edit images do alike. */

/** A list flag of crane. */
export function listOption(flag: string, description: string, parts: Partial<ListOption> = {}): ListOption {
  return { kind: 'list', verbatim: true, flag, key: `edit.${flag}`, local: true, description, trust: 'any', ...parts };
}

/** A flag of crane with one value. */
export function textOption(flag: string, description: string, parts: Partial<TextOption> = {}): TextOption {
  return { kind: 'text', flag, key: `edit.${flag}`, local: true, description, trust: 'any', ...parts };
}

/** The values of a list flag. @throws CLI_USAGE */
export function listOf(invocation: Invocation, option: ListOption): string[] {
  return readListFlag(invocation.options.get(option), lineOf(invocation));
}

export function lineOf({ descriptor, dialect }: Invocation): string {
  return commandLine(descriptor, dialect);
}

/** Files by their paths; `-` is the standard input, which can be one thing only. @throws CLI_USAGE */
export function toLayers(paths: readonly string[], invocation: Invocation): LayerInput[] {
  const { host, options } = invocation;
  const fromInput = paths.filter((path) => path === '-').length;
  if (fromInput > 1) refuseUsage(invocation, 'The standard input can be one layer only');
  if (fromInput > 0 && options.get(passwordStdinOption)) {
    refuseUsage(invocation, 'The standard input cannot be a layer and the password');
  }
  return paths.map((path) =>
    path === '-'
      ? { kind: 'stream', stream: host.stdin() }
      : { kind: 'file', path: resolve(host.workingDirectory, path) },
  );
}

/** @throws CLI_USAGE */
export function refuseUsage(invocation: Invocation, reason: string): never {
  throw cliError('CLI_USAGE', { data: { reason, command: lineOf(invocation) } });
}

/** A name that may be a path, too. */
export function toSource(name: string, { host }: Invocation): { readonly name: string; readonly path: string } {
  return { name, path: resolve(host.workingDirectory, name) };
}

/** `os/architecture[/variant][:version]`; what is left out is empty. @throws CLI_USAGE */
export function readPlatform(text: string, invocation: Invocation): PlatformChange {
  const found = /^([^/:]*)(?:\/([^/:]*))?(?:\/([^/:]*))?(?::([^:]*))?$/.exec(text.trim());
  if (found === null || text === 'all') return refuseUsage(invocation, `"${text}" is no platform`);
  const [, os = '', architecture = '', variant = '', osVersion = ''] = found;
  return { os, architecture, variant, osVersion };
}

/** For commands that can write an image to a file instead of sending it. */
export const outputOption: TextOption = textOption('output', 'Write it as a docker archive, instead of sending it', {
  short: 'o',
  placeholder: 'FILE',
});

/** Where a docker archive shall go, if it shall. */
export function outputOf({ options, host }: Invocation): { readonly output?: string } {
  const path = options.get(outputOption);
  return path ? { output: resolve(host.workingDirectory, path) } : {};
}

/** Prints the name of what was stored, which cannot come to mean another image; crane says nothing of a file. */
export async function writeStored({ host, options }: Invocation, stored: StoredEdit): Promise<number> {
  if (options.has(outputOption) && options.get(outputOption)) return exitCodes.clean;
  await host.stdout.write(`${craneRepository(stored)}@${stored.digest}\n`);
  return exitCodes.clean;
}
