import { describe, expect, it } from 'vitest';
import { attribute, met, type Entry } from '@/live/touches';

const entry = (subject: string, person: string, at = '2026-11-23T14:32:00Z'): Entry => ({
  id: `${subject}${person}`, at, subject, caption: `caption of ${subject}`, person: { id: person, name: 'Eglė Tamulytė', agency: { country: 'LT' } },
});

describe('attribute', () => {
  it('names who changed what a notice was about', () => {
    const [touch] = attribute([], [entry('e', 'egle')], new Set(['e']), 'me', 5);
    expect(touch).toMatchObject({ id: 'e', name: 'Eglė Tamulytė', country: 'LT', seenAt: 5 });
  });

  it('attributes nothing to the reader, and nothing that no notice was about', () => {
    expect(attribute([], [entry('e', 'me'), entry('f', 'egle')], new Set(['e']), 'me', 5)).toEqual([]);
  });

  it('does not refresh the edge for an entry seen before', () => {
    const before = attribute([], [entry('e', 'egle')], new Set(['e']), 'me', 5);
    expect(attribute(before, [entry('e', 'egle')], new Set(['e']), 'me', 9)).toBe(before);
  });

  it('keeps the newest change of a subject only', () => {
    const before = attribute([], [entry('e', 'egle')], new Set(['e']), 'me', 5);
    const next = attribute(before, [entry('e', 'mv', '2026-11-23T14:33:00Z')], new Set(['e']), 'me', 9);
    expect(next.map(({ person }) => person)).toEqual(['mv']);
  });
});

describe('met', () => {
  it('notes the first thing that the reader does after a change, once', () => {
    const touches = attribute([], [entry('e', 'egle')], new Set(['e']), 'me', 5);
    expect(touches[0]?.metAt).toBeNull();
    const seen = met(touches, 60_000);
    expect(seen[0]?.metAt).toBe(60_000);
    expect(met(seen, 70_000)).toBe(seen);
  });
});
