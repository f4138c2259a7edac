import type { ChangeKind } from '../kind.ts';
import { requestMediaTypeRemoved, responseMediaTypeRemoved } from './media-type-removed.ts';
import { messageRemoved } from './message-removed.ts';
import { operationRemoved } from './operation-removed.ts';
import { requestParameterRemoved, responseHeaderRemoved } from './parameter-removed.ts';
import { requestPropertyRemoved, responsePropertyRemoved } from './property-removed.ts';
import { requestPropertyRequired, responsePropertyOptional } from './property-required.ts';
import { requestPropertyRetyped, responsePropertyRetyped } from './property-retyped.ts';
import { responseRemoved } from './response-removed.ts';
import { requestValueRemoved, responseValueAdded } from './value-set.ts';

/** Every kind of change that is looked for. */
export const KINDS: readonly ChangeKind[] = [
  operationRemoved,
  messageRemoved,
  responseRemoved,
  requestMediaTypeRemoved,
  responseMediaTypeRemoved,
  requestParameterRemoved,
  responseHeaderRemoved,
  requestPropertyRemoved,
  responsePropertyRemoved,
  requestPropertyRetyped,
  responsePropertyRetyped,
  requestPropertyRequired,
  responsePropertyOptional,
  requestValueRemoved,
  responseValueAdded,
];
