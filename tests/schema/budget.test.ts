import { expect, test } from 'vitest';
import { createBudget, Exhausted, LIMITS } from '../../src/schema/budget.ts';

const spend = (budget: ReturnType<typeof createBudget>, steps: number) => {
  for (let step = 0; step < steps; step += 1) budget.step();
};

test('an allowance is not overdrawn, and what it leaves is given back', () => {
  const budget = createBudget({ ...LIMITS, steps: 100 });
  expect(budget.within(10, () => spend(budget, 20))).toBeUndefined();
  expect(budget.within(10, () => 'done')).toBe('done');
  spend(budget, 90);
  expect(() => budget.step()).toThrow(Exhausted);
});

test('an allowance beyond what is left ends like any other: the answer that was found before is kept', () => {
  const budget = createBudget({ ...LIMITS, steps: 100 });
  expect(budget.within(1000, () => spend(budget, 200))).toBeUndefined();
  budget.refill();
  spend(budget, 100);
});
