export { type ImageTarget, openImage } from './image.ts';
