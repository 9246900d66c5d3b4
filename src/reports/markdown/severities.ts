import { type Severity, severities } from '../../core/index.ts';

/** From most to least severe, as people read them. */
export const worstFirst: readonly Severity[] = severities.toReversed();
