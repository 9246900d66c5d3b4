/** image-spec layer.md, "Non-Distributable Layers", and Docker's own: layers that their owner wants nobody to pass on. */
const foreign: ReadonlySet<string> = new Set([
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
  'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd',
]);

export function isForeign(mediaType: string): boolean {
  return foreign.has(mediaType);
}
