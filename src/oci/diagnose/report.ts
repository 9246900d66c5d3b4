import { type Digest, formatImageReference, type ImageReference } from '../../core/index.ts';
import { advise } from './advice.ts';
import { type DiagnoseOptions, diagnosePlaces, type PlaceReport } from './diagnose.ts';
import { clockSkew, type RateLimit, rateLimits } from './facts.ts';

/** What stands between this machine and an image. Holds nothing secret. */
export interface Diagnosis {
  /** Completed. */
  readonly reference: string;
  /** Of the first place that has it. */
  readonly digest?: Digest;
  readonly places: readonly DiagnosedPlace[];
  /** What to do next, the most urgent first. */
  readonly advice: readonly string[];
}

export interface DiagnosedPlace extends PlaceReport {
  /** Seconds that this machine's clock is ahead; negative when it is behind. */
  readonly clockSkew?: number;
  readonly rateLimits: readonly RateLimit[];
}

/** Finds out whether an image can be had, and if not, why. What fails is a value. */
export async function diagnose(reference: ImageReference, options: DiagnoseOptions): Promise<Diagnosis> {
  const places = await diagnosePlaces(reference, options);
  const digest = places.find((place) => place.digest !== undefined)?.digest;
  return {
    reference: formatImageReference(reference),
    ...(digest !== undefined && { digest }),
    places: places.map(toDiagnosed),
    advice: advise({ places, now: options.clock.now() }),
  };
}

function toDiagnosed(place: PlaceReport): DiagnosedPlace {
  const skew = clockSkew(place.exchanges);
  return { ...place, ...(skew !== undefined && { clockSkew: skew }), rateLimits: rateLimits(place.exchanges) };
}
