import type { ChangeKind } from '../kind.ts';
import { bindingChanged } from './binding-changed.ts';
import { channelAddressChanged } from './channel.ts';
import { requestContentChanged, responseContentChanged } from './content-changed.ts';
import { requestDefaultChanged, responseDefaultChanged } from './default-changed.ts';
import { deliveryWeakened } from './delivery.ts';
import { requestDiscriminatorChanged, responseDiscriminatorChanged } from './discriminator.ts';
import { extensibleValueRemoved } from './extensible-value.ts';
import {
  deprecationAdded,
  deprecationRemoved,
  lifecycleUnreadable,
  noticeTooShort,
  stabilityLowered,
  sunsetMovedEarlier,
} from './lifecycle.ts';
import { linkRemoved } from './link-removed.ts';
import { requestMediaTypeRemoved, responseMediaTypeRemoved } from './media-type-removed.ts';
import { correlationChanged, messageContentTypeChanged, messageKeyChanged } from './message-envelope.ts';
import { messageAdded, messageRemoved } from './message-removed.ts';
import {
  requestMediaTypeAdded,
  requestParameterAdded,
  requestPropertyAdded,
  responseAdded,
  responseHeaderAdded,
  responsePropertyAdded,
} from './offered.ts';
import { callbackRemoved, operationAdded, operationRemoved, operationRenamed } from './operation-removed.ts';
import { requestParameterRemoved, responseHeaderRemoved } from './parameter-removed.ts';
import { parameterSerialisationChanged } from './parameter-serialisation.ts';
import { requestPropertyRemoved, responsePropertyRemoved, responsePropertyUnexpected } from './property-removed.ts';
import { requestPropertyRequired, responsePropertyOptional } from './property-required.ts';
import { requestPropertyRetyped, responsePropertyRetyped } from './property-retyped.ts';
import { responseRemoved } from './response-removed.ts';
import { requestNarrowed, responseWidened } from './schema-changed.ts';
import { securityLoosened, securitySchemeChanged, securityTightened } from './security.ts';
import { serverRemoved } from './server-removed.ts';
import { requestValueRemoved, responseValueAdded } from './value-set.ts';

/** Every kind of change that is looked for. */
export const KINDS: readonly ChangeKind[] = [
  operationRemoved,
  operationAdded,
  operationRenamed,
  callbackRemoved,
  messageRemoved,
  messageAdded,
  messageContentTypeChanged,
  messageKeyChanged,
  correlationChanged,
  channelAddressChanged,
  bindingChanged,
  deliveryWeakened,
  responseRemoved,
  responseAdded,
  requestMediaTypeRemoved,
  responseMediaTypeRemoved,
  requestMediaTypeAdded,
  requestParameterRemoved,
  requestParameterAdded,
  responseHeaderRemoved,
  responseHeaderAdded,
  parameterSerialisationChanged,
  linkRemoved,
  serverRemoved,
  securityTightened,
  securityLoosened,
  securitySchemeChanged,
  requestPropertyRemoved,
  responsePropertyRemoved,
  requestPropertyAdded,
  responsePropertyAdded,
  responsePropertyUnexpected,
  requestPropertyRetyped,
  responsePropertyRetyped,
  requestPropertyRequired,
  responsePropertyOptional,
  requestValueRemoved,
  responseValueAdded,
  requestNarrowed,
  responseWidened,
  extensibleValueRemoved,
  requestContentChanged,
  responseContentChanged,
  requestDefaultChanged,
  responseDefaultChanged,
  requestDiscriminatorChanged,
  responseDiscriminatorChanged,
  sunsetMovedEarlier,
  noticeTooShort,
  lifecycleUnreadable,
  stabilityLowered,
  deprecationAdded,
  deprecationRemoved,
];
