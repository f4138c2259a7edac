import { describe, expect, it } from 'vitest';
import { type Dependency, withoutImplied } from '../../src/report/dependencies.ts';
import { type Box, layOut } from '../../src/report/layout.ts';

const MEASURES = { boxWidth: 100, columnGap: 40, rowGap: 10 };
const box = (id: string, column: number): Box => ({ id, column, height: 30 });
const line = (from: string, to: string) => ({ from, to });

describe('layOut', () => {
  it('keeps boxes of a column apart', () => {
    const boxes = ['a', 'b', 'c', 'd'].map(id => box(id, 0)).concat([box('x', 1)]);
    const layout = layOut(
      boxes,
      boxes.slice(0, 4).map(({ id }) => line(id, 'x')),
      MEASURES,
    );
    const ys = ['a', 'b', 'c', 'd'].map(id => layout.boxes.get(id)!.y).sort((a, b) => a - b);
    for (const [index, y] of ys.entries()) if (index > 0) expect(y - ys[index - 1]!).toBeGreaterThanOrEqual(39);
    expect(layout.height).toBeGreaterThanOrEqual(ys.at(-1)! + 30);
  });

  it('orders columns so that lines do not cross where they need not', () => {
    const boxes = [box('a', 0), box('b', 0), box('c', 0), box('z', 1), box('y', 1), box('x', 1)];
    const { boxes: places } = layOut(boxes, [line('a', 'x'), line('b', 'y'), line('c', 'z')], MEASURES);
    const order = (ids: string[]) => [...ids].sort((p, q) => places.get(p)!.y - places.get(q)!.y);
    const left = order(['a', 'b', 'c']);
    expect(order(['x', 'y', 'z'])).toEqual(left.map(id => ({ a: 'x', b: 'y', c: 'z' })[id]));
  });

  it('gives a line that passes a column a lane between its boxes', () => {
    const boxes = [box('a', 0), box('m', 1), box('n', 1), box('z', 2)];
    const layout = layOut(boxes, [line('a', 'z')], MEASURES);
    const lane = Number(/ 140 (\d+) H240/.exec(layout.paths[0]!)?.[1]);
    for (const id of ['m', 'n']) {
      const { y } = layout.boxes.get(id)!;
      expect(lane < y || lane > y + 30).toBe(true);
    }
  });

  it('draws nothing for nothing, and loops within a column', () => {
    expect(layOut([], [], MEASURES)).toMatchObject({ width: 0, height: 0, paths: [] });
    expect(layOut([box('a', 0), box('b', 0)], [line('a', 'b')], MEASURES).paths[0]).toMatch(/^M100 \d+ C/);
  });
});

describe('withoutImplied', () => {
  const link = (from: string, to: string, verb: Dependency['verb'] = 'refers to'): Dependency => ({
    from,
    to,
    verb,
    known: 'derived',
    edges: 1,
  });

  it('leaves out a reference that follows from others, and no call', () => {
    const links = [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('x', 'c', 'calls')];
    expect(withoutImplied(links)).toEqual([links[0], links[1], links[3]]);
  });

  it('keeps everything in a circle connected', () => {
    const links = [link('a', 'b'), link('b', 'c'), link('c', 'a')];
    expect(withoutImplied(links)).toEqual(links);
  });
});
