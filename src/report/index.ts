export { estateMarkdown } from './estate-markdown.ts';
export { estatePage } from './estate-page.tsx';
export { estateView } from './estate-view.ts';
export * from './score.ts';
export type { EstateFacts, EstateView } from './view.ts';
