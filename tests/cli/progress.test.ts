import { expect, test } from 'vitest';
import { progressOn } from '../../src/cli/progress.ts';

test('there is no bar where stderr is no terminal', () => {
  expect(progressOn({ write: () => expect.fail('written') })).toBeUndefined();
});

test('the bar is drawn now and then, and leaves nothing behind', () => {
  const written: string[] = [];
  let now = 0;
  const show = progressOn({ isTTY: true, write: text => written.push(text) }, () => now)!;
  show(1, 100);
  expect(written).toEqual([]);
  now = 300;
  show(50, 100);
  show(51, 100);
  expect(written).toEqual([`\r${'█'.repeat(15)}${'░'.repeat(15)}  50 %`]);
  show(100, 100);
  expect(written.at(-1)).toBe('\r\u001b[K');
});
