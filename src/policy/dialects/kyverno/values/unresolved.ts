/** Why a text or condition cannot be worked out. */
export class Unresolved extends RangeError {}
