/** Begins the comment that says in which phase of its life the subject was looked at, for which SPDX 2 has no field. */
export const contextMark = 'Generation context: ';
