/** Finding and rewriting; loaded apart, as other commands need none of it. */
export const loadPin = (): Promise<typeof import('./pin.ts')> => import('./pin.ts');
