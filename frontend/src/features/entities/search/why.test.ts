import { expect, it } from 'vitest';
import { pieces, reasons } from '@/features/entities/search/why';

const marked = (value: string, ...found: string[]): string =>
  pieces(value, found.map((each) => ({ found: each }))).map(({ text, marked: is }) => (is ? `[${text}]` : text)).join('');

it('marks the words that answer, wherever they stand', () => {
  expect(marked('Илиан Дравец', 'Дравец')).toBe('Илиан [Дравец]');
  expect(marked('Ilian Dravec', 'dravec', 'Ilian')).toBe('[Ilian] [Dravec]');
});

it('marks all of a value whose words are written otherwise', () => {
  expect(marked('RX-114-T', 'RX114T')).toBe('[RX-114-T]');
});

it('begins a long text shortly before what was found', () => {
  expect(marked(`${'x'.repeat(100)} Dravec, born`, 'Dravec')).toBe(`…${'x'.repeat(39)} [Dravec], born`);
});

it('gives each reason once, and none for what is plain to see', () => {
  expect(reasons([{ typed: 'ilian', found: 'Ilian', how: 'EXACT' }, { typed: 'dravec', found: 'Дравец', how: 'SCRIPT' }, { typed: 'x', found: 'Дравец', how: 'SCRIPT' }]))
    .toEqual(['the same name in Cyrillic letters']);
  expect(reasons([{ typed: 'darvec', found: 'Dravec', how: 'ONE_LETTER' }])).toEqual(['one letter differs from “darvec”']);
});
