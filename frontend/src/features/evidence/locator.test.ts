import { describe, expect, it } from 'vitest';
import { citation, formatPlace, formatTime, pageOf, parsePlace, spanOn, spokenAt, within } from '@/features/evidence/locator';

describe('a place within an exhibit', () => {
  it.each([
    ['p.12', { page: 12 }],
    ['p.12 row 3', { page: 12, row: { from: 3, to: 3 } }],
    ['row 218', { row: { from: 218, to: 218 } }],
    ['row 3-5', { row: { from: 3, to: 5 } }],
    ['row 5–3', { row: { from: 3, to: 5 } }],
    ['line 3', { line: { from: 3, to: 3 } }],
    ['01:12', { time: 72 }],
    ['1:02:03', { time: 3723 }],
    ['  p. 7  ', { page: 7 }],
    ['p.3 §4', { page: 3 }],
  ])('%s is read', (text, place) => expect(parsePlace(text)).toEqual(place));

  it.each(['', 'page 12', 'p.', 'p.0', 'row', 'row 0', '§4', '01:72', 'line x', 'p.12row 3'])('%s is none', (text) => expect(parsePlace(text)).toBeNull());

  it.each(['p.12 row 3', 'row 3-5', 'line 3', '01:12', '1:02:03'])('%s is written as it is read', (text) => {
    const place = parsePlace(text);
    expect(place && formatPlace(place)).toBe(text);
  });

  it('is cited behind the number', () => {
    expect(citation('E-48210', { page: 12, row: { from: 3, to: 3 } })).toBe('E-48210 p.12 row 3');
    expect(citation('E-48210', {})).toBe('E-48210');
  });

  it('stands on a page', () => {
    expect([null, 'p.12', 'row 100', 'row 101', 'line 250', 'p.2 row 3', '01:12'].map((text) => pageOf(text === null ? null : parsePlace(text)))).toEqual([1, 12, 1, 2, 3, 2, 1]);
  });

  it('finds the line of a transcript that begins with its time, and none for a time between two', () => {
    const text = '[00:00:04] A: Pronto.\n[00:12:30] B: Gli olandesi.\n12:31:05 C: at 00:19:52\n1:02:031 none';
    expect(['00:12:30', '12:30', '12:31:05', '00:19:52', '1:02:03', 'line 2'].map((each) => spokenAt(text, 101, parsePlace(each))?.from)).toEqual([102, 102, 103, undefined, undefined, undefined]);
  });

  it('says which rows of a page it means, however they are numbered there', () => {
    expect(spanOn(3, 201, parsePlace('row 218-219'), 'row')).toEqual({ from: 218, to: 219 });
    expect(spanOn(3, 1, parsePlace('p.3 row 18'), 'row')).toEqual({ from: 18, to: 18 });
    expect(spanOn(3, 201, parsePlace('p.3 row 18'), 'row')).toEqual({ from: 218, to: 218 });
    expect([spanOn(2, 101, parsePlace('row 218'), 'row'), spanOn(3, 201, parsePlace('row 218'), 'line'), spanOn(1, 1, null, 'row')]).toEqual([undefined, undefined, undefined]);
  });

  it('holds rows from one to another', () => {
    expect([2, 3, 5, 6].map((row) => within({ from: 3, to: 5 }, row))).toEqual([false, true, true, false]);
    expect(within(undefined, 1)).toBe(false);
  });
});

it('a time has hours only where they are needed', () => expect([0, 72.9, 3600].map(formatTime)).toEqual(['00:00', '01:12', '1:00:00']));
