import { afterEach, expect, it } from 'vitest';
import { chooseLanguage } from '@/text/language';
import { serverText, verbText } from '@/text/server';

afterEach(() => chooseLanguage('en'));

it('says a sentence of the server in the language spoken, its values in their places', async () => {
  await chooseLanguage('de');
  expect(serverText('A password has 12 to 200 characters.')).toBe('Ein Passwort hat 12 bis 200 Zeichen.');
  expect(serverText('This agreement has ended.')).toBe('Diese Vereinbarung ist beendet.');
});

it('leaves what no catalogue has, and everything in English, as it came', async () => {
  expect(serverText('This agreement has ended.')).toBe('This agreement has ended.');
  await chooseLanguage('de');
  expect(serverText('Something that nobody has said yet.')).toBe('Something that nobody has said yet.');
});

it('tells in the language spoken what somebody did', async () => {
  await chooseLanguage('fr');
  expect([verbText('put on hold'), verbText('unheard of')]).toEqual(['a mis en attente', 'unheard of']);
});
