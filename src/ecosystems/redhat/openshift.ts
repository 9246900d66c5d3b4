import type { OsReleaseRecord } from '../../core/index.ts';

/** First release of OpenShift's CoreOS that is built from a release of Red Hat Enterprise Linux (access.redhat.com/articles/6907891). */
const builtFrom: readonly (readonly [coreOs: readonly number[], release: string])[] = [
  [[4, 16, 0], '9.4'],
  [[4, 13, 0], '9.2'],
  [[4, 11, 0], '8.6'],
  [[4, 7, 24], '8.4'],
  [[4, 7, 0], '8.3'],
];

/** The release whose packages a CoreOS of OpenShift has, `9.2` for `4.13.5`. */
export function releaseOfCoreOs({ versionId }: OsReleaseRecord): string {
  const numbers = versionId.split('.').map((part) => Number(part) || 0);
  return builtFrom.find(([first]) => !isBefore(numbers, first))?.[1] ?? '8.2';
}

function isBefore(numbers: readonly number[], first: readonly number[]): boolean {
  const place = first.findIndex((number, index) => (numbers[index] ?? 0) !== number);
  return place >= 0 && (numbers[place] ?? 0) < (first[place] ?? 0);
}
