export type { FileFault } from './faults.ts';
export { isNamed } from './file-name.ts';
export { integrityOf, type LayoutFault } from './integrity.ts';
export { layoutRules } from './layout-rules.ts';
export {
  type FileEnd,
  type FileItem,
  type FileRecord,
  type ReadOptions,
  type ReadResult,
  read,
  readAll,
} from './read.ts';
export { fileRules } from './rules.ts';
export { documentSchema, fieldOfData } from './schema.ts';
export { encode } from './text.ts';
export { WriteError, write } from './write.ts';
