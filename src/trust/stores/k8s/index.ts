import type { KeyStore } from '../store.ts';

/** Secrets of Kubernetes. */
export const k8s: KeyStore = {
  id: 'k8s',
  title: 'Kubernetes',
  load: async () => (await import('./secret.ts')).findSecret,
};
