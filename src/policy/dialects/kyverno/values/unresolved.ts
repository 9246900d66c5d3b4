/** Why a text or condition cannot be worked out. */
export class Unresolved extends RangeError {}

/** It has a value, which whoever asks has not told: nothing may be let in for it. */
export class Untold extends Unresolved {}
