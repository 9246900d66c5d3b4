import { envelopeError } from '../errors.ts';
import type { BundleVersion } from './bundle.ts';

const base = 'application/vnd.dev.sigstore.bundle';

/** Media type of the bundles that are written. */
export const bundleMediaType: string = `${base}.v0.3+json`;

/** The version that a media type names, in the old or the new form. @throws ENVELOPE_BUNDLE_VERSION */
export function bundleVersionOf(mediaType: string): BundleVersion {
  const match =
    /^application\/vnd\.dev\.sigstore\.bundle(?:\+json;version=(0\.[123])|\.v(0\.[123])(?:\.\d+)?\+json)$/.exec(
      mediaType,
    );
  const version = match?.[1] ?? match?.[2];
  if (version === undefined) throw envelopeError('ENVELOPE_BUNDLE_VERSION', { data: { mediaType } });
  return version as BundleVersion;
}

/** The media type that a bundle of this version states. */
export function bundleMediaTypeOf(version: BundleVersion): string {
  return version === '0.3' ? bundleMediaType : `${base}+json;version=${version}`;
}
