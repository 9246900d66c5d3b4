import type { OptionSpec, OptionValue } from '../core/index.ts';
import { type AssignmentSink, type Notice, type Origin, renamed } from './assignment.ts';
import type { ConfigFile } from './file/load.ts';
import { readFile } from './from-file.ts';
import { environmentNames, namesOfFlags } from './names.ts';
import { allOptions } from './registry.ts';
import { parseTexts, type Value } from './value/parse.ts';

/** A flag as it stood on the command line; without a value for switches. */
export interface FlagUse {
  readonly flag: string;
  readonly value?: string;
}

/** Options that a file which may belong to the target has decided. */
export interface Narrowing {
  readonly path: string;
  readonly keys: readonly string[];
}

export interface ResolveInput {
  /** The options that the command has; others are not looked at. */
  readonly options: readonly OptionSpec[];
  readonly flags: readonly FlagUse[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file that counts most first. */
  readonly files: readonly ConfigFile[];
}

/** What each option is, and why. */
export interface ResolvedOptions {
  /** True for the options that the command has. */
  has(spec: OptionSpec): boolean;
  /** @throws RangeError for an option that the command does not have */
  get<S extends OptionSpec>(spec: S): OptionValue<S>;
  origin(spec: OptionSpec): Origin;
  readonly notices: readonly Notice[];
  readonly narrowings: readonly Narrowing[];
}

interface Assigned {
  readonly value: Value;
  readonly origin: Origin;
}

/** Flags before `PLIMSOLL_*` before `TRIVY_*` before files before defaults. @throws CONFIG_VALUE_INVALID */
export function resolveOptions(input: ResolveInput): ResolvedOptions {
  const notices: Notice[] = [];
  const narrowings: Narrowing[] = [];
  const values = new Map<OptionSpec, Assigned>();
  const assign = (spec: OptionSpec, value: Value, origin: Origin): boolean => {
    if (values.has(spec)) return false;
    values.set(spec, { value, origin });
    return true;
  };
  const sink = { assign, notice: (notice: Notice): void => void notices.push(notice) };
  readFlags(input, sink);
  readEnvironment(input, sink);
  for (const file of input.files) {
    const keys = readFile(file, input.options, sink);
    if (!file.trusted && keys.length > 0) narrowings.push({ path: file.path, keys });
  }
  return makeResolved(input.options, values, { notices, narrowings });
}

function readFlags({ options, flags }: ResolveInput, sink: AssignmentSink): void {
  const names = namesOfFlags(options);
  const used = new Map<OptionSpec, { name: string; texts: string[] }>();
  for (const { flag, value } of flags) {
    const named = names.get(flag);
    if (named === undefined) continue;
    const { spec, alias } = named;
    if (alias?.deprecated) sink.notice(renamed(`--${flag}`, `--${spec.flag}`));
    const text = alias?.value ?? value ?? 'true';
    const earlier = used.get(spec)?.texts ?? [];
    used.set(spec, { name: `--${flag}`, texts: [...earlier, text] });
  }
  for (const [spec, { name, texts }] of used) {
    sink.assign(spec, parseTexts(spec, texts, name), { kind: 'flag', name });
  }
}

function readEnvironment({ options, environment }: ResolveInput, sink: AssignmentSink): void {
  for (const spec of options) {
    const name = environmentNames(spec).find((candidate) => environment[candidate]);
    if (name === undefined) continue;
    sink.assign(spec, parseTexts(spec, [environment[name] ?? ''], name), { kind: 'environment', name });
  }
  noticeStrangers(environment, sink);
}

/** A misspelt variable of ours would otherwise pass in silence. */
function noticeStrangers(environment: ResolveInput['environment'], sink: AssignmentSink): void {
  const ours = Object.keys(environment).filter((name) => name.startsWith('PLIMSOLL_'));
  if (ours.length === 0) return;
  const known = new Set([...allOptions.flatMap(environmentNames), 'PLIMSOLL_NODE']);
  for (const name of ours) {
    if (!known.has(name)) sink.notice({ text: 'Unknown environment variable', fields: { name } });
  }
}

function makeResolved(
  options: readonly OptionSpec[],
  values: ReadonlyMap<OptionSpec, Assigned>,
  told: Pick<ResolvedOptions, 'notices' | 'narrowings'>,
): ResolvedOptions {
  const known = new Set(options);
  const find = (spec: OptionSpec): Assigned | undefined => {
    if (!known.has(spec)) throw new RangeError(`the command has no option ${spec.key}`);
    return values.get(spec);
  };
  return {
    ...told,
    has: (spec) => known.has(spec),
    get: <S extends OptionSpec>(spec: S) => (find(spec)?.value ?? defaultOf(spec)) as OptionValue<S>,
    origin: (spec) => find(spec)?.origin ?? { kind: 'default', name: 'default' },
  };
}

/** What an option is when nobody says anything. */
export function defaultOf(spec: OptionSpec): Value | undefined {
  switch (spec.kind) {
    case 'boolean':
      return spec.default ?? false;
    case 'list':
      return spec.default ?? [];
    case 'map':
      return {};
    default:
      return spec.default;
  }
}
