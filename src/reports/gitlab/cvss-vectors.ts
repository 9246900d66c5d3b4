import type { Finding } from '../../core/index.ts';

const maxVectors = 10;
const metric = '(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH])';
/** Base metrics of CVSS 3: a vector that the schema does not know would cost the whole report. */
const known = new RegExp(`^CVSS:3\\.[01]/(?:${metric}/){7}${metric}$`);

/** The CVSS 3 vectors, that of the source which judged the severity first. */
export function toVectors({ cvss = {}, severitySource }: Finding): { vendor: string; vector: string }[] {
  return Object.entries(cvss)
    .flatMap(([vendor, { v3Vector }]) =>
      vendor !== '' && v3Vector !== undefined && known.test(v3Vector) ? [{ vendor, vector: v3Vector }] : [],
    )
    .sort((a, b) => Number(b.vendor === severitySource) - Number(a.vendor === severitySource))
    .slice(0, maxVectors);
}
