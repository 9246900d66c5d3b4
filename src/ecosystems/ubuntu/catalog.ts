import type { Catalog } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';
import { releaseText } from '../release.ts';

/** Reads `etc/lsb-release`, which relatives of Ubuntu have under their own name. */
export const catalogLsbRelease: Catalog = (file) => {
  const fields = new Map<string, string>();
  for (const line of releaseText(file).split('\n')) {
    const [, key, value] = /^\s*(DISTRIB_[A-Z]+)=["']?([^"'\s]*)/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields.set(key, value);
  }
  const id = fields.get('DISTRIB_ID')?.toLowerCase();
  return id ? [{ kind: 'os-release', id, versionId: fields.get('DISTRIB_RELEASE') ?? '' }] : [];
};

interface ProStatus {
  readonly attached?: boolean;
  readonly services?: readonly ({ readonly name?: string; readonly status?: string } | null)[];
}

/** Reads the status file of Ubuntu Pro: whether extended maintenance of the base system is enabled. @throws RELEASE_FILE_INVALID */
export const catalogProStatus: Catalog = (file) => {
  const status = parseStatus(releaseText(file), file.path);
  const services = Array.isArray(status?.services) ? status.services : [];
  const isExtended = services.some((service) => service?.name === 'esm-infra' && service.status === 'enabled');
  return isExtended ? [{ kind: 'os-release', id: 'ubuntu-esm', versionId: '' }] : [];
};

function parseStatus(text: string, path: string): ProStatus | null {
  try {
    return JSON.parse(text) as ProStatus | null;
  } catch (cause) {
    throw ecosystemError('RELEASE_FILE_INVALID', { data: { path, reason: 'it is not JSON' }, cause });
  }
}
