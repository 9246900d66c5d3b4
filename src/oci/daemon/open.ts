import { familiarName, type ImageReference } from '../../core/index.ts';
import { spoolStream } from '../../disk/index.ts';
import { openTarSource } from '../archive/tar-file.ts';
import { openDockerArchive } from '../docker-archive/open.ts';
import { ociError } from '../errors.ts';
import type { Image } from '../image.ts';
import type { Platform } from '../manifest.ts';
import { formatPlatform, matchesPlatform } from '../platform.ts';
import { type InspectedImage, inspectImage, saveImage } from './api.ts';
import { connectDaemon, type DaemonConnection } from './connect.ts';
import { dockerEndpoints } from './docker-endpoint.ts';
import { podmanEndpoints } from './endpoint.ts';

export interface DaemonImageOptions {
  /** The name as the user wrote it. */
  readonly name: string;
  readonly platform?: Platform;
  /** Tells where daemons listen. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** When given, no other host is contacted; sockets of this machine are. */
  readonly allowedHosts?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Bytes of the largest image that is taken from a daemon. */
const maxSaved = 256 * 2 ** 30;

/**
 * An image that docker or podman holds. What the daemon sends goes to a temporary file without a name, as its list of
 * files stands at the end. @throws OCI_DAEMON_*, OCI_PLATFORM_NOT_FOUND, OCI_ARCHIVE_INVALID, OCI_CONFIG_INVALID, NET_*, DISK_*
 */
export async function openDaemonImage(
  daemon: 'docker' | 'podman',
  reference: ImageReference,
  options: DaemonImageOptions,
): Promise<Image> {
  const { environment, allowedHosts, platform, signal } = options;
  const choice = daemon === 'docker' ? await dockerEndpoints(environment) : podmanEndpoints(environment);
  const connection = await connectDaemon(choice, allowedHosts);
  const inspected = await inspectImage(connection, requestName(reference), signal);
  if (platform !== undefined) assertPlatform(inspected, platform);
  const image = await openSaved(connection, inspected, options);
  return { ...image, ...namesOf(reference, inspected) };
}

/** Saved by its id: a tag may have moved since it was looked at. */
async function openSaved(
  connection: DaemonConnection,
  { id }: InspectedImage,
  { name, signal }: DaemonImageOptions,
): Promise<Image> {
  const source = await spoolStream(await saveImage(connection, id, signal), maxSaved);
  try {
    const tar = openTarSource(source, `what ${connection.name} sent`);
    return { ...(await openDockerArchive(name, tar, undefined)), close: async () => source.close() };
  } catch (error) {
    source.close();
    throw error;
  }
}

/** Daemons know Docker Hub's images by their short names. */
function requestName(reference: ImageReference): string {
  const { digest, tag = 'latest' } = reference;
  const familiar = familiarName(reference);
  return digest === undefined ? `${familiar}:${tag}` : `${familiar}@${digest}`;
}

function namesOf(
  reference: ImageReference,
  { repoTags, repoDigests }: InspectedImage,
): Pick<Image, 'repoTags' | 'repoDigests' | 'reference'> {
  return { repoTags, repoDigests, reference: requestName(reference) };
}

function assertPlatform(held: InspectedImage, wanted: Platform): void {
  if (matchesPlatform(held, wanted)) return;
  const data = { platform: formatPlatform(wanted), available: formatPlatform(held) };
  throw ociError('OCI_PLATFORM_NOT_FOUND', { data });
}
