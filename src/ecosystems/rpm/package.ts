import { type RpmHeader, rpmTags } from '../../codecs/rpm-header/index.ts';
import type { Package } from '../../core/index.ts';
import { distributionVendors } from './data.ts';
import { invalid } from './errors.ts';
import type { FileLists } from './files.ts';
import { parseSourceRpm } from './source.ts';

/** A package, with what it offers and needs by the names that packages use among themselves. */
export interface LinkedPackage {
  readonly pkg: Package & { readonly id: string };
  readonly provides: readonly string[];
  readonly requires: readonly string[];
}

/** rpm's own word for a package without architecture. */
const noArch = 'None';

/** @throws PACKAGE_DATABASE_INVALID, CODEC_RPM_INVALID, CODEC_LIMIT */
export function readPackage(header: RpmHeader, fileLists: FileLists): LinkedPackage {
  const [name, version, release = ''] = [rpmTags.name, rpmTags.version, rpmTags.release].map((tag) =>
    header.string(tag),
  );
  if (!name || !version) throw invalid('a package has no name or no version');
  const arch = header.string(rpmTags.arch) ?? '';
  const vendor = header.string(rpmTags.vendor) ?? '';
  const epoch = header.numbers(rpmTags.epoch)[0];
  const repositoryClass = classOf(vendor, release);
  // What another vendor installed is looked at as if nobody had installed it, for no advisory speaks of the package.
  const files = repositoryClass === 'official' ? fileLists.read(header) : [];
  const pkg = {
    id: `${name}@${version}-${release}.${arch}`,
    name,
    version,
    ...(release !== '' && { release }),
    ...(epoch && { epoch }),
    arch: arch === '' ? noArch : arch,
    repositoryClass,
    ...(vendor !== '' && { maintainer: vendor }),
    ...(files.length > 0 && { installedFiles: files }),
    ...readDetails(header, epoch),
  };
  return { pkg, provides: header.strings(rpmTags.provideName), requires: header.strings(rpmTags.requireName) };
}

function readDetails(header: RpmHeader, epoch: number | undefined): Partial<Package> {
  const source = parseSourceRpm(header.string(rpmTags.sourceRpm) ?? '');
  const license = header.string(rpmTags.license);
  const modularityLabel = header.string(rpmTags.modularityLabel);
  const md5 = header.bytes(rpmTags.signatureMd5);
  return {
    // The name of a source package does not tell its epoch, which is that of the binary package in practice.
    ...(source !== undefined && { source: { ...source, ...(epoch && { epoch }) } }),
    ...(license && { licenses: [license] }),
    ...(modularityLabel && { modularityLabel }),
    ...(md5 !== undefined && { checksum: `md5:${md5.toString('hex')}` }),
  };
}

/** Amazon's own packages may lack a vendor, but their releases say where they come from. */
function classOf(vendor: string, release: string): NonNullable<Package['repositoryClass']> {
  const official =
    vendor === '' ? release.includes('amzn') : distributionVendors.some((start) => vendor.startsWith(start));
  return official ? 'official' : 'third-party';
}
