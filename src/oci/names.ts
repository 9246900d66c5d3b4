import type { ImageReference } from '../core/index.ts';

/** `registry/repository` as crane prints it: Docker Hub goes by the name of the host that serves it. */
export function craneRepository({ registry, repository }: Pick<ImageReference, 'registry' | 'repository'>): string {
  return `${registry === 'docker.io' ? 'index.docker.io' : registry}/${repository}`;
}
