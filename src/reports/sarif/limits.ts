/**
 * What GitHub's code scanning takes ("SARIF results exceed one or more limits", "SARIF support for code scanning"): more
 * of any of them, and it refuses the file.
 */
export const limits: Readonly<Record<'runs' | 'results' | 'packedSize' | 'locations' | 'description', number>> = {
  runs: 20,
  results: 25_000,
  /** Bytes of the file under gzip; a tenth less than it takes, as they are estimated. */
  packedSize: 9 * 2 ** 20,
  locations: 1000,
  /** Characters of a rule's descriptions. */
  description: 1024,
};
