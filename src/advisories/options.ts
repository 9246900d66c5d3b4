import type { BooleanOption, ListOption, NumberOption, OptionGroup, WithDefault } from '../core/index.ts';

export const databaseRepositoriesOption: WithDefault<ListOption> = {
  kind: 'list',
  flag: 'db-repository',
  key: 'db.repository',
  default: ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'],
  placeholder: 'REPOSITORIES',
  description: 'Download the vulnerability database from the first of these that answers',
  trust: 'trusted',
};

export const javaDatabaseRepositoriesOption: WithDefault<ListOption> = {
  kind: 'list',
  flag: 'java-db-repository',
  key: 'db.java-repository',
  default: ['mirror.gcr.io/aquasec/trivy-java-db:1', 'ghcr.io/aquasecurity/trivy-java-db:1'],
  placeholder: 'REPOSITORIES',
  description: 'Download the Java database from the first of these that answers',
  trust: 'trusted',
};

export const skipUpdateOption: BooleanOption = {
  kind: 'boolean',
  flag: 'skip-db-update',
  key: 'db.skip-update',
  aliases: [{ flag: 'skip-update', deprecated: true }],
  description: 'Use the vulnerability database as it is',
  trust: 'any',
};

export const skipJavaUpdateOption: BooleanOption = {
  kind: 'boolean',
  flag: 'skip-java-db-update',
  key: 'db.java-skip-update',
  description: 'Use the Java database as it is',
  trust: 'any',
};

export const downloadOnlyOption: BooleanOption = {
  kind: 'boolean',
  flag: 'download-db-only',
  key: 'db.download-only',
  description: 'Download the vulnerability database and scan nothing',
  trust: 'any',
};

export const downloadJavaOnlyOption: BooleanOption = {
  kind: 'boolean',
  flag: 'download-java-db-only',
  key: 'db.download-java-only',
  description: 'Download the Java database and scan nothing',
  trust: 'any',
};

export const maxAgeOption: NumberOption = {
  kind: 'duration',
  flag: 'db-max-age',
  key: 'db.max-age',
  minimum: 0,
  placeholder: 'AGE',
  description: 'Call the result incomplete when the advisory data is older than this, for example 48h or 7d',
  trust: 'any',
};

export const osvOption: ListOption = {
  kind: 'list',
  flag: 'osv',
  key: 'db.osv',
  placeholder: 'PATHS',
  description: 'Use OSV records in these directories or zip files, beside the database or instead of it',
  trust: 'trusted',
};

/** Which advisory data is used, and when it is refreshed. */
export const advisoryOptions: OptionGroup = {
  id: 'advisories',
  title: 'Advisory data',
  options: [
    databaseRepositoriesOption,
    javaDatabaseRepositoriesOption,
    skipUpdateOption,
    skipJavaUpdateOption,
    downloadOnlyOption,
    downloadJavaOnlyOption,
    maxAgeOption,
    osvOption,
  ],
};
