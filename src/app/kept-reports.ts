import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type DatabaseMetadata, needsUpdate, readMetadata } from '../advisories/index.ts';
import { describeError } from '../core/index.ts';
import { type FileCache, fileIdentity, makeFileCache } from '../disk/index.ts';
import type { Image } from '../oci/index.ts';
import type { Report } from '../reports/index.ts';
import { artifactIdOf } from './artifact-id.ts';
import type { AppContext } from './context.ts';
import { databases } from './databases.ts';
import { formatKeptReport, maxKeptSize, parseKeptReport } from './kept-report.ts';
import type { RenderedReport, Rendering } from './render-report.ts';
import { makeReportId } from './report-id.ts';
import type { ScanPlan } from './scan-options.ts';

export interface KeptReportInput {
  readonly image: Image;
  readonly plan: ScanPlan;
  readonly rendering: Rendering;
}

/** Rendered reports of earlier scans, by everything that decides them. */
export interface KeptReports {
  /** Undefined when the data is due to be refreshed, so that what an earlier scan found may not hold. */
  key(): Promise<string | undefined>;
  get(key: string): Promise<RenderedReport | undefined>;
  put(key: string, report: Report, text: Buffer): Promise<void>;
}

/** Raised when the shape of an entry or of a key changes. */
const schema = 1;
/** Reports may take this part of what layers may. */
const share = 1 / 16;
const day = 86_400_000;

/**
 * Undefined where nothing may be kept: the code is not known, the cache is off, the format says more of the moment
 * than can be put in again, or the result depends on files or ages that a key cannot hold.
 */
export function openKeptReports(input: KeptReportInput, context: AppContext): KeptReports | undefined {
  const { plan, rendering } = input;
  const { momentOf } = rendering.format;
  const isKept = context.build !== undefined && plan.layerCacheSize > 0 && momentOf !== undefined;
  if (!isKept || plan.data.maxAge !== undefined || (plan.data.osv ?? []).length > 0) return undefined;
  const cache = makeFileCache({
    directory: join(context.cacheDir, 'plimsoll', 'reports'),
    maxSize: plan.layerCacheSize * share,
    maxEntry: maxKeptSize * 2,
  });
  const now = context.reportTime ?? context.clock.now();
  return {
    key: async () => {
      const data = await describeData(plan, context);
      if (data === undefined) return undefined;
      const moment = [dayOf(now), momentOf(data.map(toAdvisoryData), now)];
      return digestOf({ schema, build: context.build, ...describeInput(input), data, moment, ...exactTime(context) });
    },
    get: (key) => getReport(cache, key, { now, image: input.image }),
    put: (key, report, text) => putReport(cache, key, { report, text, context }),
  };
}

/** Ends of life and expiries are dates: the last second of a day and the first millisecond of one make a difference. */
function dayOf(now: Date): string {
  return `${Math.floor((now.getTime() + 999) / day)}/${Math.floor((now.getTime() - 1) / day)}`;
}

/** A time that somebody fixed may stand in the text for other reasons too, so it is no longer replaced. */
function exactTime({ reportTime }: AppContext): { readonly reportTime?: number } {
  return reportTime === undefined ? {} : { reportTime: reportTime.getTime() };
}

function describeInput({ image, plan, rendering }: KeptReportInput): Readonly<Record<string, unknown>> {
  const { name, id, manifestDigest, repoTags, repoDigests, reference } = image;
  const layers = image.layers.map(({ digest, diffId, unnamed }) => [digest, diffId, unnamed]);
  return {
    plan,
    format: rendering.format.id,
    options: rendering.options,
    image: { name, id, manifestDigest, repoTags, repoDigests, reference, layers },
  };
}

interface DataState {
  readonly name: string;
  readonly file: string | undefined;
  readonly metadata: DatabaseMetadata | undefined;
}

/** Both databases as they lie there; undefined when one of them is missing its turn of being refreshed. */
async function describeData({ data }: ScanPlan, context: AppContext): Promise<DataState[] | undefined> {
  const states: DataState[] = [];
  for (const { id, kind } of databases) {
    const directory = join(context.cacheDir, kind.directory);
    const metadata = await readMetadata(join(directory, 'metadata.json'));
    const keepsOld = id === 'java' ? data.skipJavaUpdate : data.skipUpdate;
    if (!keepsOld && needsUpdate(metadata, kind.schema, context.clock.now())) return undefined;
    states.push({ name: kind.name, file: await fileIdentity(join(directory, kind.file)), metadata });
  }
  return states;
}

function toAdvisoryData({ name, metadata: { version: _, ...dates } = {} }: DataState): Report['data'][number] {
  return { name, ...dates };
}

function digestOf(value: unknown): string {
  return `report/${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
}

async function getReport(
  cache: FileCache,
  key: string,
  { now, image }: { readonly now: Date; readonly image: Image },
): Promise<RenderedReport | undefined> {
  const entry = await cache.get(key);
  if (entry === undefined) return undefined;
  return parseKeptReport(entry, { reportId: makeReportId(now, artifactIdOf(image)), createdAt: now.toISOString() });
}

async function putReport(
  cache: FileCache,
  key: string,
  { report, text, context }: { report: Report; text: Buffer; context: AppContext },
): Promise<void> {
  const stamps = { reportId: report.reportId, createdAt: report.createdAt.toISOString() };
  try {
    await cache.put(key, formatKeptReport(text, report.verdict, stamps));
  } catch (error) {
    context.log.warn('The report could not be kept', { reason: describeError(error) });
  }
}
