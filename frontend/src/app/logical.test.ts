import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`);
const sides = /(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|clear)\s*:|text-align\s*:\s*(?:left|right)/;
/** Written into `style`: the other direction cannot turn it round. Points of the canvas (`left`, `top`) are not of the page and may. */
const inStyle = /(?:margin|padding|border)(?:Left|Right)\w*:|textAlign:\s*'(?:left|right)'/;

const wrong = (name: string, text: string, what: RegExp): string[] =>
  text.split('\n').flatMap((line, at) => (what.test(line) ? [`${name}:${at + 1} ${line.trim()}`] : []));

it('style sheets name no left and no right, no width and no height', () => {
  const sheets = files.filter((name) => name.endsWith('.css'));
  // Conditions of media queries have no logical form.
  const text = (name: string): string => readFileSync(name, 'utf8').replaceAll(/@media[^{]*/g, '');
  expect(sheets.length).toBeGreaterThan(20);
  expect(sheets.flatMap((name) => wrong(name, text(name), sides))).toEqual([]);
});

it('styles in components neither', () => {
  const components = files.filter((name) => name.endsWith('.tsx'));
  expect(components.flatMap((name) => wrong(name, readFileSync(name, 'utf8'), inStyle))).toEqual([]);
});

it('what moves something sideways says how in the other direction', () => {
  const sheets = files.filter((name) => name.endsWith('.css')).map((name) => [name, readFileSync(name, 'utf8')] as const);
  const sideways = sheets.filter(([, text]) => /translateX\(|inset -?\d+px 0/.test(text) && !/:dir\(rtl\)|\[dir='rtl'\]/.test(text));
  expect(sideways.map(([name]) => name)).toEqual([]);
});
