import type { CoverageNote, Distribution, OperatingSystem } from '../core/index.ts';

/** Marks an operating system whose release is past its last supported day; a release that is not listed counts as supported. */
export function judgeEndOfLife(
  os: OperatingSystem | undefined,
  distribution: Distribution | undefined,
  now: Date,
): { readonly os: OperatingSystem | undefined; readonly notes: readonly CoverageNote[] } {
  if (os === undefined || distribution?.endOfLife === undefined) return { os, notes: [] };
  const lastDay = distribution.endOfLife[distribution.release(os.name)];
  if (lastDay === undefined || lastDay === 'open' || now <= new Date(`${lastDay}T23:59:59Z`)) return { os, notes: [] };
  const message = `${distribution.title} ${os.name} is out of support since ${lastDay}: new vulnerabilities may not be listed for it`;
  return { os: { ...os, endOfLife: true }, notes: [{ effect: 'note', code: 'os-end-of-life', message }] };
}
