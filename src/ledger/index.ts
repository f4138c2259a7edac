export * from './chain.ts';
export * from './file.ts';
export { LockError } from './lock.ts';
