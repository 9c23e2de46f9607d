import { describe, expect, it } from 'vitest';
import { parseMessage } from '@/live/messages';

const notice = { n: 3, type: 'notice', space: 's', cursor: 'c', change: 'changed', kind: 'entity', id: 'e' };

describe('parseMessage', () => {
  it('reads a notice with its number', () => {
    expect(parseMessage(JSON.stringify(notice))).toEqual({
      n: 3, message: { type: 'notice', space: 's', cursor: 'c', change: 'changed', kind: 'entity', id: 'e' },
    });
  });

  it('takes over nothing that a notice should not carry', () => {
    expect(parseMessage(JSON.stringify({ ...notice, caption: 'Ilian' }))?.message).not.toHaveProperty('caption');
  });

  it.each([
    ['no JSON', '{'],
    ['no number', JSON.stringify({ ...notice, n: undefined })],
    ['an unknown type', JSON.stringify({ n: 0, type: 'shout' })],
    ['an unknown change', JSON.stringify({ ...notice, change: 'moved' })],
    ['an unknown kind', JSON.stringify({ ...notice, kind: 'secret' })],
    ['bytes', new ArrayBuffer(2)],
  ])('refuses %s', (_, data) => {
    expect(parseMessage(data)).toBeNull();
  });

  it('keeps only people with an id, and only ids that are text', () => {
    const people = [{ id: 'p', view: 'entity', looking: ['e', 7] }, { view: 'home' }];
    expect(parseMessage(JSON.stringify({ n: 1, type: 'presence', space: 's', people }))?.message)
      .toEqual({ type: 'presence', space: 's', people: [{ id: 'p', view: 'entity', looking: ['e'] }] });
  });
});
