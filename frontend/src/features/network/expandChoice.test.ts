import { describe, expect, it } from 'vitest';
import { aLink, anItem } from '@/graphview/model/testChart';
import { questionOf, tickedPart, type TieCount } from '@/features/network/expandChoice';

const row = (linkKind: string, direction: TieCount['direction']): TieCount =>
  ({ linkKind, direction, label: linkKind, linkClass: 'use', count: 3, from: null, to: null });

const answer = {
  items: ['hub', 'a', 'b', 'c'].map((id) => anItem(id)),
  links: [aLink('1', 'hub', 'a', { kind: 'Call' }), aLink('2', 'b', 'hub', { kind: 'Call' }), aLink('3', 'hub', 'c', { kind: 'Payment' }), aLink('4', 'a', 'b')],
};

describe('the expand dialog', () => {
  it('asks for one direction when only that is ticked', () => {
    expect(questionOf([row('Call', 'OUT'), row('Payment', 'OUT')])).toEqual({ linkKinds: ['Call', 'Payment'], direction: 'OUT' });
  });

  it('asks for both when both are ticked, each kind once', () => {
    expect(questionOf([row('Call', 'OUT'), row('Call', 'IN')])).toEqual({ linkKinds: ['Call'], direction: 'BOTH' });
  });

  it('adds only the far ends of the ticked rows', () => {
    const part = tickedPart(answer, 'hub', [row('Call', 'OUT'), row('Payment', 'OUT')]);
    expect(part.items.map(({ id }) => id)).toEqual(['hub', 'a', 'c']);
    expect(part.links.map(({ id }) => id)).toEqual(['1', '3']);
  });

  it('keeps the links among what is added', () => {
    const part = tickedPart(answer, 'hub', [row('Call', 'BOTH')]);
    expect(part.links.map(({ id }) => id)).toEqual(['1', '2', '4']);
  });
});
