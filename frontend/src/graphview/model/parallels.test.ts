import { describe, expect, it } from 'vitest';
import { arrangeParallels as arrange } from '@/graphview/model/parallels';
import { aLink } from '@/graphview/model/testChart';

const arrangeParallels = (links: Parameters<typeof arrange>[0]) => arrange(links, (end) => end);
const money = { linkClass: 'money', kind: 'Payment' } as const;
const calls = (count: number) => Array.from({ length: count }, (_, n) => aLink(`c${n}`, 'a', 'b', { linkClass: 'communication' }));

describe('arrangeParallels', () => {
  it('draws a single link straight', () => {
    expect(arrangeParallels([aLink('x', 'a', 'b')]).get('x')?.curve).toBe(0);
  });

  it('sets up to three links 14 px apart', () => {
    const curves = [...arrangeParallels([aLink('x', 'a', 'b'), aLink('y', 'a', 'b'), aLink('z', 'a', 'b')]).values()].map(({ curve }) => curve);
    expect(curves.toSorted((one, other) => one - other)).toEqual([-14, 0, 14]);
  });

  it('curves two links of opposite ways to different sides of the pair', () => {
    const strands = arrangeParallels([aLink('x', 'a', 'b', money), aLink('y', 'b', 'a', money)]);
    // Both are seen from their own source, so equal numbers lie on opposite sides.
    expect(strands.get('x')?.curve).toBe(strands.get('y')?.curve);
    expect(strands.get('x')?.curve).not.toBe(0);
  });

  it('makes one line of more than three, which names them all', () => {
    const strands = [...arrangeParallels(calls(5)).values()].filter(({ members }) => members.length > 0);
    expect(strands.map(({ members }) => members.length)).toEqual([5]);
  });

  it('keeps two lines for the two ways of money', () => {
    const there = ['1', '2', '3'].map((id) => aLink(id, 'a', 'b', money));
    const back = ['4', '5'].map((id) => aLink(id, 'b', 'a', money));
    const lines = [...arrangeParallels([...there, ...back]).values()].filter(({ members }) => members.length > 0);
    expect(lines.map(({ members }) => members.length).toSorted()).toEqual([2, 3]);
  });

  it('is the same for any order of the links', () => {
    expect(arrangeParallels(calls(3).toReversed())).toEqual(arrangeParallels(calls(3)));
  });
});
