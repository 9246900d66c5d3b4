/** Finding and rewriting; loaded apart, as other commands need none of it. */
export const loadPin = (): Promise<typeof import('./pin.ts')> => import('./pin.ts');

/** Finding what images files name. */
export const loadNamedImages = (): Promise<typeof import('./named-images.ts')> => import('./named-images.ts');
