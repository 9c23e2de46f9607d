import { describe, expect, it } from 'vitest';
import { labelOf, meant, mentionedIn, partsOf, typedMention } from '@/features/tasks/comments/mention';

const person = (id: string, name: string, country = 'NL') => ({ id, name, agency: { country } });
const people = [person('1', 'Maarten Vreeland'), person('2', 'Eglė Tamulytė', 'LT'), person('3', 'Ann'), person('4', 'Ann Lee')];

describe('whom a text mentions', () => {
  it.each([
    ['Ask @Maarten Vreeland, then @Eglė Tamulytė.', ['1', '2']],
    ['@Ann Lee and @Ann', ['4', '3']],
    ['@Annelies', []],
    ['maarten@example.org', []],
    ['@Maarten Vreeland @Maarten Vreeland', ['1']],
  ] as const)('%s', (text, ids) => {
    expect(mentionedIn(text, people)).toEqual(ids);
  });

  it('keeps every character', () => {
    const text = 'a @Ann Lee b @@Ann';
    expect(partsOf(text, people).map((part) => part.text).join('')).toBe(text);
  });

  it('tells two of one name apart by their country', () => {
    const two = [person('1', 'Jan Vos'), person('2', 'Jan Vos', 'BE')];
    expect(two.map((each) => labelOf(each, two))).toEqual(['Jan Vos (NL)', 'Jan Vos (BE)']);
    expect(mentionedIn('@Jan Vos (BE)', two)).toEqual(['2']);
    expect(mentionedIn('@Jan Vos', two)).toEqual([]);
  });
});

describe('what is typed behind an @', () => {
  it.each([
    ['Ask @Maa', 8, { from: 4, typed: 'Maa' }],
    ['@', 1, { from: 0, typed: '' }],
    ['Ask @Maa then', 4, null],
    ['maarten@nl', 10, null],
    ['Ask @Ann\nLee', 12, null],
    ['nobody', 6, null],
  ] as const)('%j at %d', (text, caret, expected) => {
    expect(typedMention(text, caret)).toEqual(expected);
  });

  it('means whoever has a name that begins so, in any spelling of its letters', () => {
    expect(meant('egle', people).map(({ id }) => id)).toEqual(['2']);
    expect(meant('vree', people).map(({ id }) => id)).toEqual(['1']);
    expect(meant('ann', people).map(({ id }) => id)).toEqual(['4']);
    expect(meant('', people)).toHaveLength(4);
  });
});
