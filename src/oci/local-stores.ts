export { openContainerdImage } from './containerd/open.ts';
export { openDaemonImage } from './daemon/open.ts';
