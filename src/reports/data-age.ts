import type { AdvisoryData } from '../core/index.ts';
import { describeAge } from './age.ts';

/** A line for each part of the data that a report rests on: its name, its age, and whether it should be newer. */
export function describeData(data: readonly AdvisoryData[], now: Date): string[] {
  if (data.length === 0) return ['none: vulnerabilities were not looked for'];
  return data.map(({ name, updatedAt, nextUpdate }) => {
    const age = describeAge(updatedAt, now);
    const due = nextUpdate !== undefined && Date.parse(nextUpdate) < now.getTime() ? ', an update is due' : '';
    return `${name}, ${age}${due}`;
  });
}
