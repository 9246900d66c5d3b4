import { type CopyOutcome, evidenceFormatOption, onlyOption, type PartOutcome } from '../evidence/index.ts';
import { toJsonText } from '../kit/json-text.ts';
import { toVisibleLine } from '../kit/visible-text.ts';
import type { Invocation } from './command.ts';

interface CopyReport extends CopyOutcome {
  readonly source: string;
  readonly target: string;
  readonly dryRun: boolean;
}

const stateWords: Readonly<Record<PartOutcome['state'], string>> = {
  copied: 'copied',
  present: 'was there',
  planned: 'would be copied',
  lost: 'IS NOT AT THE TARGET',
  absent: 'IS NOT AT THE SOURCE',
};

/** What became of each piece, as JSON or a line for each; under the name cosign only what it says, on the standard error. */
export async function writeMoved(
  report: CopyReport,
  { host, dialect, options, descriptor }: Invocation,
): Promise<void> {
  const { parts } = report;
  if (options.get(evidenceFormatOption) === 'json') await host.stdout.write(toJsonText(report));
  else if (dialect.id !== 'cosign') {
    await write(host.stdout, [...parts.map(lineOf), ...remarksOf(report), summaryOf(report)]);
  } else {
    const copied = descriptor.id === 'copy' ? parts.filter(({ state }) => state === 'copied') : [];
    const isNamed = !options.has(onlyOption) || options.get(onlyOption).length === 0;
    const lines = copied.map(
      (part) => `Copying ${sourceName(report, part)} to ${targetName(report, part, isNamed)}...`,
    );
    const missing = parts.filter(({ reason }) => reason !== undefined);
    await write(host.stderr, [...lines, ...missing.map(lineOf), ...remarksOf(report)]);
  }
}

function write(output: Invocation['host']['stdout'], lines: readonly string[]): Promise<void> {
  return output.write(lines.map((line) => `${toVisibleLine(line)}\n`).join(''));
}

function lineOf({ kind, digest, tag, platform, type, state, reason }: PartOutcome): string {
  const what = [kind, tag ?? digest, platform, type].filter((word) => word !== undefined).join(' ');
  return `${what}: ${stateWords[state]}${reason === undefined ? '' : ` (${reason})`}`;
}

function summaryOf({ source, target, digest, dryRun, parts, blobs }: CopyReport): string {
  const missing = parts.filter(({ state }) => state === 'lost' || state === 'absent').length;
  if (dryRun) return `${source} would be copied to ${target} (${digest}); nothing was written`;
  const found = missing === 0 ? 'every piece was found at the target' : `${missing} of them are MISSING`;
  const { pushed, mounted, present, bytes } = blobs;
  const traffic = `${pushed} blobs sent (${bytes} bytes), ${mounted} mounted, ${present} there before`;
  return `${source} was copied to ${target} (${digest}): ${parts.length} pieces, ${found}; ${traffic}`;
}

/** What the target does in another way than the source, in words. */
function remarksOf({ referrersBy, withheld, digest }: CopyReport): string[] {
  const tag = digest.replace(':', '-');
  return [
    ...(referrersBy === 'tag'
      ? [`The target does not list referrers itself: clients find them by tags such as ${tag}`]
      : []),
    ...withheld.map((layer) => `The layer ${layer} is not for distribution and was not copied`),
  ];
}

function sourceName({ source }: CopyReport, { digest }: PartOutcome): string {
  return `${repositoryOf(source)}@${digest}`;
}

/** The image itself has its name unless only evidence was asked for. */
function targetName({ target }: CopyReport, { kind, digest, tag }: PartOutcome, isNamed: boolean): string {
  if (kind === 'image' && isNamed) return target;
  return tag === undefined ? `${repositoryOf(target)}@${digest}` : `${repositoryOf(target)}:${tag}`;
}

/** A reference without tag and digest. */
function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/s, '').replace(/:[^/:]*$/, '');
}
