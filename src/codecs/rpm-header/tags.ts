/** Numbers of tags (rpm.org, "RPM tags"). */
export const rpmTags = {
  signatureMd5: 261,
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  vendor: 1011,
  license: 1014,
  arch: 1022,
  /** Whole paths; packages built before rpm 4 have these instead of the three below. */
  oldFileNames: 1027,
  sourceRpm: 1044,
  provideName: 1047,
  requireName: 1049,
  /** For each file, the index of its directory. */
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  modularityLabel: 5096,
} as const;
