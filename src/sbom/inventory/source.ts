import type { PackageFormat, PackageUrl, SourcePackage } from '../../core/index.ts';
import type { Component } from '../model.ts';
import { trivyProperty } from '../properties.ts';
import { splitFullVersion, toEpoch } from './kinds.ts';

interface Named {
  readonly component: Component;
  readonly purl: PackageUrl | undefined;
  readonly format: PackageFormat;
}

/** The source package: from Trivy's properties, from the text that SPDX has for it, or from the package URL as Syft writes it. */
export function findSource(named: Named): SourcePackage | undefined {
  return fromProperties(named.component) ?? fromSourceInfo(named) ?? fromUpstream(named);
}

function fromProperties(component: Component): SourcePackage | undefined {
  const name = trivyProperty(component, 'SrcName');
  if (name === undefined) return undefined;
  const release = trivyProperty(component, 'SrcRelease');
  const epoch = Number(trivyProperty(component, 'SrcEpoch') ?? 0);
  return {
    name,
    version: trivyProperty(component, 'SrcVersion') ?? '',
    ...(release !== undefined && { release }),
    ...(Number.isSafeInteger(epoch) && epoch > 0 && { epoch }),
  };
}

/** `NAME VERSION`. */
function fromSourceInfo({ component, format }: Named): SourcePackage | undefined {
  const [, name, version = ''] = /^(\S+)(?: (\S+))?$/.exec(component.sourceInfo ?? '') ?? [];
  return name === undefined ? undefined : { name, ...splitFullVersion(version, format) };
}

/** `upstream=NAME`, `NAME@VERSION`, or the file name of a source rpm; the version is the package's own unless stated. */
function fromUpstream({ component, purl, format }: Named): SourcePackage | undefined {
  const upstream = purl?.qualifiers?.['upstream'];
  if (upstream === undefined || upstream.includes(',')) return undefined;
  const own = splitFullVersion(component.version ?? purl?.version ?? '', format);
  const [, rpmName, rpmVersion] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(upstream) ?? [];
  if (rpmName !== undefined && rpmVersion !== undefined) {
    const epoch = own.epoch ?? toEpoch(purl?.qualifiers?.['epoch']);
    return { name: rpmName, ...splitFullVersion(rpmVersion, format), ...(epoch !== undefined && { epoch }) };
  }
  const at = upstream.indexOf('@');
  if (at < 1) return { name: upstream, ...own };
  return { name: upstream.slice(0, at), ...splitFullVersion(upstream.slice(at + 1), format) };
}
