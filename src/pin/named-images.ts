import { decodeText } from './decode.ts';
import { buildImages } from './kinds/dockerfile/build-images.ts';
import { podImages } from './kinds/kubernetes/pod-images.ts';

/** What a file names, in its order; the same image as often as it is named. */
export interface NamedImages {
  readonly images: readonly string[];
  /** The image that what is built in the end starts from. */
  readonly base?: string;
  /** What is built rather than pulled: `scratch`, and names of stages. */
  readonly ignored: readonly string[];
}

/** Gives variables their values. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Images that a build from a Dockerfile pulls. @throws PIN_FILE_INVALID, PIN_IMAGE_UNKNOWN */
export function dockerfileImages(bytes: Uint8Array, variables: Variables): NamedImages {
  return buildImages(toText(bytes), variables);
}

/** Images that pods of Kubernetes run. @throws PIN_FILE_INVALID, PIN_IMAGE_UNKNOWN */
export function manifestImages(bytes: Uint8Array): NamedImages {
  return { images: podImages(toText(bytes)), ignored: [] };
}

function toText(bytes: Uint8Array): string {
  return decodeText(bytes).replace(/^\u{feff}/u, '');
}
