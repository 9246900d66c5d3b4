import { createHash } from 'node:crypto';
import { type Digest, isAppError, parseImageReference, severityRank } from '../../core/index.ts';
import type { EvidencePiece } from '../../evidence/index.ts';
import { lastUsed } from '../../kit/lru.ts';
import { once } from '../../kit/memoize.ts';
import { factMissing, type KeptVerdict, type Need } from '../../policy/index.ts';
import type { Report } from '../../reports/index.ts';
import { maxSbomSize } from '../../sbom/index.ts';
import type { AppContext } from '../context.ts';
import { statementBytes } from '../verify/pieces.ts';
import type { ImageSource } from './image-source.ts';

type VerdictNeed = Need & { readonly kind: 'verdict' };

/** Finds the verdict of an image. @throws POLICY_FACT_MISSING, ADVISORIES_*, SBOM_*, OCI_*, NET_* when there is none */
export type FindVerdict = (need: VerdictNeed, images: ImageSource, context: AppContext) => Promise<KeptVerdict>;

const maxStatements = 8;
const maxKept = 1000;
const maxReasons = 10;
const maxReasonLength = 200;

/**
 * Judges images by their attested SBOMs, under the vulnerability database of the cache directory as it is: nothing is
 * scanned or downloaded. A verdict is kept until the data changes. Whoever asks has verified the statements; of several,
 * each must let the image pass.
 */
export function attestedVerdicts(): FindVerdict {
  const slotOf = lastUsed(maxKept, (): { verdict?: KeptVerdict } => ({}));
  return async (need, images, context) => {
    const { image, statements, severities, ignoreUnfixed } = need;
    if (statements.length === 0) throw factMissing(`An SBOM of ${image} that a signer attested`);
    if (statements.length > maxStatements) throw factMissing(`Which of ${statements.length} SBOMs of ${image} counts`);
    const data = await dataIdentity(context);
    const read = once(() => readStatements(need, images));
    const verdicts: KeptVerdict[] = [];
    for (const digest of statements) {
      const slot = slotOf(JSON.stringify([digest, data, severities, ignoreUnfixed]));
      slot.verdict ??= await judge((await read()).get(digest), need, context);
      verdicts.push(slot.verdict);
    }
    return worstOf(verdicts);
  };
}

export function statementDigest(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Differs when the database does. @throws POLICY_FACT_MISSING without one */
async function dataIdentity(context: AppContext): Promise<string> {
  const { databaseStatus } = await import('../database-status.ts');
  const known = (await databaseStatus(context)).find(({ id }) => id === 'vulnerability');
  if (known?.size === undefined) throw factMissing('What is vulnerable, without a database in the cache directory,');
  return JSON.stringify(known);
}

/** What lies beside the image and in other repositories, by digest: whoever verified a statement knows it by that. */
async function readStatements(
  { image, repositories }: VerdictNeed,
  images: ImageSource,
): Promise<ReadonlyMap<string, Buffer>> {
  const { digest, ...reference } = parseImageReference(image);
  if (digest === undefined) return new Map();
  const found = new Map<string, Buffer>();
  for (const repository of [undefined, ...repositories]) {
    for (const piece of await images.evidence({ ...reference, digest }, repository)) {
      const bytes = readPiece(piece);
      if (bytes !== undefined) found.set(statementDigest(bytes), bytes);
    }
  }
  return found;
}

/** What cannot be read is none of the statements that were verified. */
function readPiece(piece: EvidencePiece): Buffer | undefined {
  try {
    return statementBytes(piece);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

async function judge(
  bytes: Buffer | undefined,
  { image, severities, ignoreUnfixed = false }: VerdictNeed,
  context: AppContext,
): Promise<KeptVerdict> {
  if (bytes === undefined || bytes.length > maxSbomSize) throw factMissing(`What an attested SBOM of ${image} lists`);
  const { scanSbom } = await import('../scan-sbom.ts');
  const report = await scanSbom(
    {
      sbom: { kind: 'bytes', name: image, bytes },
      scanners: ['vuln'],
      gate: { exitCode: 1 },
      data: { skipUpdate: true, skipJavaUpdate: true },
      ignoreUnfixed,
      ...(severities !== undefined && { severities }),
    },
    context,
  );
  return { result: report.verdict.result, dataAt: dateOf(report), reasons: reasonsOf(report) };
}

/** The oldest of all data that was used. @throws POLICY_FACT_MISSING when any does not say how old it is */
function dateOf({ data }: Report): Date {
  const dates = data.map(({ name, updatedAt }) => {
    const made = Date.parse(updatedAt ?? '');
    if (Number.isNaN(made)) throw factMissing(`The age of the advisory data ${name}`);
    return made;
  });
  if (dates.length === 0) throw factMissing('The age of the advisory data');
  return new Date(Math.min(...dates));
}

/** The gravest findings by name, and what could not be judged. */
function reasonsOf({ results, verdict }: Report): string[] {
  const findings = results
    .flatMap((result) => result.findings)
    .sort((a, b) => severityRank(b.severity) - severityRank(a.severity))
    .map(
      ({ id, severity, package: { name }, installedVersion }) => `${id} (${severity}) in ${name} ${installedVersion}`,
    );
  const open = verdict.reasons.flatMap((reason) => (reason.kind === 'incomplete' ? [reason.note.message] : []));
  const told = [...new Set([...findings, ...open])];
  const named = told.slice(0, maxReasons).map((reason) => reason.slice(0, maxReasonLength));
  return told.length > maxReasons ? [...named, `and ${told.length - maxReasons} more`] : named;
}

const order = ['fail', 'incomplete', 'pass'] as const;

function worstOf(verdicts: readonly KeptVerdict[]): KeptVerdict {
  const times = verdicts.map(({ dataAt }) => dataAt.getTime());
  const result = order.find((one) => verdicts.some((verdict) => verdict.result === one)) ?? 'incomplete';
  const reasons = new Set(verdicts.flatMap((verdict) => verdict.reasons ?? []));
  return { result, dataAt: new Date(Math.min(...times)), reasons: [...reasons].slice(0, maxReasons + 1) };
}
