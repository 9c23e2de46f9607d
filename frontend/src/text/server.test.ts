import { afterEach, expect, it } from 'vitest';
import { chooseLanguage } from '@/text/language';
import { serverText, verbText } from '@/text/server';

afterEach(() => chooseLanguage('en'));

it('says a sentence of the server in the language spoken, its values in their places', async () => {
  await chooseLanguage('de');
  expect(serverText('A password has 12 to 200 characters.')).toBe('Ein Passwort hat 12 bis 200 Zeichen.');
  expect(serverText('This agreement has ended.')).toBe('Diese Vereinbarung ist beendet.');
});

it('says the reason within a sentence in that language too', async () => {
  await chooseLanguage('de');
  expect(serverText("Line 7, queries[0].entities.a.schema: there is no kind 'Persn'."))
    .toBe("Zeile 7, queries[0].entities.a.schema: es gibt keine Art 'Persn'.");
  expect(serverText('Sheet Mai: The file is empty: it has no header row.')).toBe('Blatt Mai: Die Datei ist leer: Sie hat keine Kopfzeile.');
  expect(serverText('This is a PDF, not text. Choose the format it has, or send what is in it, as CSV or as JSON lines.')).toContain('ein PDF, kein Text');
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
