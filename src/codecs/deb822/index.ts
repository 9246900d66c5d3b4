export { type Paragraph, readParagraphs } from './paragraphs.ts';
