/**
 * Parts of `Maintainer` fields, in lower case, of vendors that publish packages in repositories of their own. None of
 * them maintains packages of Debian or Ubuntu, whose advisories therefore say nothing about theirs.
 */
export const thirdPartyMaintainers: readonly string[] = [
  '@amazon.com',
  '@clickhouse.com',
  '@couchbase.com',
  '@datadoghq.com',
  '@docker.com',
  '@elastic.co>',
  '@f5.com',
  '@gitlab.com',
  '@grafana.com',
  '@hashicorp.com',
  '@influxdata.com',
  '@influxdb.com',
  '@lists.mariadb.org',
  '@microsoft.com',
  '@mongodb.com',
  '@neo4j.com',
  '@newrelic.com',
  '@nginx.com',
  '@nodesource.com',
  '@nvidia.com',
  '@oss.oracle.com',
  '@percona.com',
  '@redis.com',
  '@redis.io',
  '@tailscale.com',
  'dotnetpackages@dotnetfoundation.org',
  'google cloud',
  'maria-developers@lists.launchpad.net',
];

/** Whole `Maintainer` fields of the same kind, in lower case. */
export const thirdPartyMaintainerNames: readonly string[] = ['github'];
