import type { OptionSpec } from '../core/index.ts';
import { nearest } from '../kit/nearest.ts';
import { type AssignmentSink, type Notice, renamed } from './assignment.ts';
import type { FileEntry } from './file/entry.ts';
import type { ConfigFile } from './file/load.ts';
import { type NamedOption, namesOfKeys } from './names.ts';
import { allOptions } from './registry.ts';
import { trivyKeys } from './trivy/data.ts';
import { parsePlain } from './value/parse.ts';

/** Assigns what a file says about `options`; returns the keys that decided something. @throws CONFIG_VALUE_INVALID */
export function readFile(file: ConfigFile, options: readonly OptionSpec[], sink: AssignmentSink): string[] {
  const names = namesOfKeys(allOptions);
  const decided: string[] = [];
  // The option's own name counts before an alias in the same file, whatever their order.
  const own = (entry: FileEntry): boolean => names.get(entry.key.toLowerCase())?.alias === undefined;
  for (const entry of [...file.entries.filter(own), ...file.entries.filter((entry) => !own(entry))]) {
    const named = names.get(entry.key.toLowerCase());
    if (named === undefined) sink.notice(strangerNotice(entry, file, names));
    else if (options.includes(named.spec) && readEntry(entry, file, named, sink)) decided.push(named.spec.key);
  }
  return decided;
}

function readEntry(entry: FileEntry, file: ConfigFile, { spec, alias }: NamedOption, sink: AssignmentSink): boolean {
  const at = { path: file.path, line: entry.line };
  if (spec.trust === 'trusted' && !file.trusted) {
    const text = 'Refused: only flags, environment, --config and your own configuration file may set this key';
    sink.notice({ text, fields: { key: entry.key, ...at } });
    return false;
  }
  if (alias?.deprecated) sink.notice(renamed(`${entry.key} (${file.path}:${entry.line})`, spec.key));
  const where = `${entry.key} (${file.path}, line ${entry.line})`;
  const value =
    alias?.value === undefined ? parsePlain(spec, entry.value, where) : parsePlain(spec, alias.value, where);
  return sink.assign(spec, value, { kind: 'file', name: where });
}

function strangerNotice(
  { key, line }: FileEntry,
  { path }: ConfigFile,
  names: ReadonlyMap<string, NamedOption>,
): Notice {
  const lower = key.toLowerCase();
  const planned = trivyKeys.some(
    (known) => lower === known || (known.endsWith('.*') && lower.startsWith(known.slice(0, -1))),
  );
  if (planned) return { text: 'Ignored: Plimsoll does not have this option of Trivy yet', fields: { key, path, line } };
  const near = nearest(lower, names.keys());
  const meant = near === undefined ? {} : { 'did you mean': near };
  return { text: 'Ignored: there is no such option', fields: { key, path, line, ...meant } };
}
