import operationParameter from './operationParameter.js';
import payloadProperties from './payloadProperties.js';

/**
 * W3C trace context: a header of each operation, a property (CloudEvents distributed tracing extension) of each event.
 * @param {unknown} target an operation or a message
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function traceContext(target, _, context) {
  return context.path[0] === 'paths'
    ? operationParameter(target, { in: 'header', name: 'traceparent' }, context)
    : payloadProperties(target, { properties: ['traceparent'] }, context);
}
