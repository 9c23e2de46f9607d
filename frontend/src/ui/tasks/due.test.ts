import { formatMomentIn } from '@/text/format';
import { describe, expect, it } from 'vitest';
import { dueText, fieldOf, span, toneOf } from '@/ui/tasks/due';

const now = Date.parse('2026-11-23T12:00:00Z');
const inHours = (hours: number): string => new Date(now + hours * 3_600_000).toISOString();

describe('a due date', () => {
  it.each([[0.2, '12 min'], [9.5, '9 h'], [53, '2 d 5 h'], [48, '2 d'], [300, '12 d']])('%d hours are %s', (hours, words) => {
    expect(span(hours * 3_600_000)).toBe(words);
  });

  it.each([
    [inHours(-53), 'OPEN', 'late', 'late by 2 d 5 h'],
    [inHours(9), 'DOING', 'soon', 'due in 9 h'],
    [inHours(48), 'WAITING', 'later', 'due in 2 d'],
    [inHours(-53), 'DONE', 'met', 'done'],
    [inHours(-53), 'CANCELLED', 'quiet', 'called off'],
    [null, 'OPEN', 'quiet', 'no due date'],
  ] as const)('%s in state %s is %s: %s', (due, state, tone, words) => {
    expect([toneOf({ due, state }, now), dueText({ due, state }, now)]).toEqual([tone, words]);
  });

  it('is written in the zone in which it was meant', () => {
    expect(formatMomentIn('2026-12-02T17:00:00+00:00', 'Europe/Rome')).toBe('2 Dec 2026, 18:00 (Europe/Rome)');
  });

  it('comes back from its field as the same moment', () => {
    const due = '2026-12-02T17:30:00.000Z';
    expect(new Date(fieldOf(due)).toISOString()).toBe(due);
    expect(fieldOf(null)).toBe('');
  });
});
