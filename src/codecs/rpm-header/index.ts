export { parseRpmHeader, type RpmHeader } from './header.ts';
export { rpmTags } from './tags.ts';
