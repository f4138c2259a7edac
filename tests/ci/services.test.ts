import { expect, test } from 'vitest';
import { planFor, service, testWithService } from '../services.ts';

const MISSING = ['no-such-program', 'nor-this-one'];

test('a service is the first of its programs that is installed', () => {
  expect(service('node')).toMatch(/[\\/]node$/);
  expect(service('a runtime', [...MISSING, 'node'])).toBe(service('node'));
  expect(service('nothing', MISSING)).toBeUndefined();
});

test('a missing service skips a test, and fails it where services are required', () => {
  const why = 'needs nothing: no no-such-program, nor-this-one on the PATH';
  expect(planFor('nothing', MISSING, false)).toEqual({ does: 'skip', why });
  expect(planFor('nothing', MISSING, true)).toEqual({ does: 'fail', why });
  expect(planFor('node', ['node'], true)).toMatchObject({ does: 'run' });
});

testWithService('node', ['node'], 'a test gets the path of its service', program => {
  expect(program).toBe(service('node'));
});
