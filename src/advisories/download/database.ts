/** A database that is distributed as an OCI artifact of one layer. */
export interface DatabaseKind {
  /** Name in messages and of its sums. */
  readonly name: string;
  /** Directory in the cache. */
  readonly directory: string;
  readonly file: string;
  readonly schema: number;
  readonly layerType: string;
  /** How the file begins, as a cheap look before it takes the place of another. */
  readonly magic: { readonly offset: number; readonly bytes: Uint8Array };
}

/** bbolt page header, then its magic number (go.etcd.io/bbolt, "meta"). */
const bolt = { offset: 16, bytes: Uint8Array.of(0xed, 0xda, 0x0c, 0xed) };
const sqlite = { offset: 0, bytes: Buffer.from('SQLite format 3\0', 'latin1') };

export const vulnerabilityDatabase: DatabaseKind = {
  name: 'trivy-db',
  directory: 'db',
  file: 'trivy.db',
  schema: 2,
  layerType: 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip',
  magic: bolt,
};

export const javaDatabase: DatabaseKind = {
  name: 'trivy-java-db',
  directory: 'java-db',
  file: 'trivy-java.db',
  schema: 1,
  layerType: 'application/vnd.aquasec.trivy.javadb.layer.v1.tar+gzip',
  magic: sqlite,
};
