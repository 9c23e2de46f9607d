import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { ar, ontology as arabicWords } from '@/text/ar/catalogue';
import { de, ontology as germanWords } from '@/text/de/catalogue';
import { en } from '@/text/en/catalogue';
import { countryName, formatAmount, formatDate, formatList, formatMoment, languageName } from '@/text/format';
import { fr, ontology as frenchWords } from '@/text/fr/catalogue';
import { chooseLanguage } from '@/text/language';
import { languageFor, languages, localeOf, ownName } from '@/text/languages';
import { t } from '@/text/text';
import type { Catalogue, Entry } from '@/text/translated';

/** Texts that read the same in English, rightly: a name, a code, a word that both languages have. */
const SAME: Readonly<Record<'fr' | 'de' | 'ar', readonly string[]>> = {
  fr: [
    'Joinder', 'Ctrl K', '{n} s', '{n} min', '{n} h', 'Actions', 'Administration', 'Code', 'Communication', 'Date', 'Documents', 'Format', 'Import', 'Imports',
    'Information', 'Invitations', 'Organisation', 'Organisations', 'Parties', 'Source', 'Sources', 'Sources {n}', 'Type', 'improbable', 'page', 'police',
    '{count} citation', '{count} citations', '{count} contact', '{count} contacts',
  ],
  de: [
    'Joinder', 'Esc', '{n} kB', 'Code', 'Format', 'Import', 'Information', 'Live', 'Name', 'Offline', 'Organisation', 'Person', 'Token',
    'Wallet', 'Wallets',
  ],
  ar: ['Joinder', 'Ctrl K', 'Ctrl Enter', 'Esc'],
};
const translations: readonly (readonly [language: 'fr' | 'de' | 'ar', texts: Catalogue])[] = [['fr', fr], ['de', de], ['ar', ar]];
const formsOf = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
/** Whether a text holds a word beside its places; capitals alone are a name or a code, such as IBAN, the same everywhere. */
const worded = (text: string): boolean => /[\p{Ll}\p{Lo}]/u.test(text.replaceAll(/\{\w+\}/g, ''));
const english: Catalogue = en;

afterEach(() => chooseLanguage('en'));

describe.each(translations)('the catalogue %s', (language, texts) => {
  const keys = Object.keys(english) as (keyof Catalogue)[];

  it('has every key of the English one and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(keys.toSorted());
  });

  it('says nothing in English by accident', () => {
    const same = keys.flatMap((key) => formsOf(texts[key]).filter((text) => worded(text) && formsOf(english[key]).includes(text)));
    expect([...new Set(same)].toSorted()).toEqual(SAME[language].toSorted());
  });

  it('fills the same places', () => {
    const wrong = keys.filter((key) => {
      const known = new Set(formsOf(english[key]).flatMap(places));
      const said = formsOf(texts[key]).map(places);
      // A form that means one number may say it in words.
      const needed = [...known].filter((name) => name !== 'count' || typeof english[key] === 'string');
      return said.some((names) => names.some((name) => !known.has(name)) || needed.some((name) => !names.includes(name)));
    });
    expect(wrong).toEqual([]);
  });

  it('has a text for each form that numbers up to a million take', () => {
    const rules = new Intl.PluralRules(localeOf[language]);
    const needed = new Set([...Array(201).keys()].map((count) => rules.select(count)));
    const short = keys.filter((key) => typeof english[key] !== 'string' && [...needed].some((form) => !(form in (texts[key] as object))));
    expect(short).toEqual([]);
  });

  it('says how many wherever a form stands for several numbers', () => {
    const rules = new Intl.PluralRules(localeOf[language]);
    const many = (form: string): boolean => [...Array(201).keys()].filter((count) => rules.select(count) === form).length > 1;
    const silent = keys.filter((key) => formsOf(english[key]).every((text) => places(text).includes('count')) && typeof texts[key] !== 'string'
      && Object.entries(texts[key]).some(([form, text]) => many(form) && !places(text).includes('count')));
    expect(silent).toEqual([]);
  });

  it('keeps to the handbook’s words', () => {
    const unfit = /!|veuillez|s’il vous plaît|avec succès|\bbitte\b|erfolgreich|من فضلك|يرجى|الرجاء|بنجاح/i;
    expect(keys.filter((key) => formsOf(texts[key]).some((text) => unfit.test(text)))).toEqual([]);
  });
});

it('writes Arabic in its own script', () => {
  const latin = Object.values(ar).flatMap(formsOf).filter((text) => worded(text) && !/\p{Script=Arabic}/u.test(text));
  expect([...new Set(latin)].toSorted()).toEqual(SAME.ar.toSorted());
});

describe('the names of the ontology', () => {
  interface Named { readonly name: string; readonly label: string; readonly hidden?: boolean }
  interface Source {
    readonly property_sets: Readonly<Record<string, readonly Named[]>>;
    readonly entity_kinds: readonly (Named & { readonly plural: string; readonly properties: readonly Named[] })[];
    readonly link_kinds: readonly (Named & { readonly reverse: string; readonly properties: readonly Named[] | string })[];
  }
  const source = JSON.parse(readFileSync('../graph/ontology.json', 'utf8')) as Source;
  const properties = [
    ...Object.values(source.property_sets).flat(), ...source.entity_kinds.flatMap((kind) => kind.properties),
    ...source.link_kinds.flatMap((kind) => (typeof kind.properties === 'string' ? [] : kind.properties)),
  ].filter((each) => !each.hidden);

  it.each([['French', frenchWords], ['German', germanWords], ['Arabic', arabicWords]])('are all there in %s', (_, named) => {
    const missing = [
      ...source.entity_kinds.filter(({ name }) => !named.kinds[name]), ...source.link_kinds.filter(({ name }) => !named.links[name]),
      ...properties.filter(({ name }) => !named.properties[name]),
    ];
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('hold no name that the ontology does not have', () => {
    const known = new Set([...source.entity_kinds, ...source.link_kinds, ...properties].map(({ name }) => name));
    const all = [frenchWords, germanWords, arabicWords].flatMap((named) => [named.kinds, named.links, named.properties].flatMap(Object.keys));
    expect(all.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('which language is spoken', () => {
  it.each([
    ['de', ['fr'], 'de'], [null, ['fr-CA', 'de'], 'fr'], [null, ['it', 'ar-EG'], 'ar'], [null, ['lt'], 'en'], ['xx', ['de-AT'], 'de'], [null, [], 'en'],
  ])('chosen %s, browser %j: %s', (chosen, preferred, language) => expect(languageFor(chosen, preferred)).toBe(language));

  it('goes from one to another in place, and the root says which', async () => {
    await chooseLanguage('ar');
    expect([t('nav.home'), document.documentElement.lang, document.documentElement.dir, localStorage.getItem('language')])
      .toEqual(['الرئيسية', 'ar', 'rtl', 'ar']);
  });

  it('names itself in its own words', () => {
    expect(languages.map(ownName)).toEqual(['English', 'français', 'Deutsch', 'العربية']);
  });
});

describe('Arabic', () => {
  it('counts in six forms and in Western digits', async () => {
    await chooseLanguage('ar');
    expect([0, 1, 2, 3, 11, 100, 1200].map((count) => t('network.items', { count }))).toEqual(
      ['لا عناصر', 'عنصر واحد', 'عنصران', '3 عناصر', '11 عنصرًا', '100 عنصر', '1,200 عنصر']);
  });

  it('isolates each value that is put into a text', async () => {
    await chooseLanguage('ar');
    expect(t('merge.title', { a: 'Ilian Dravec', b: 'IT60' })).toBe('دمج \u2068Ilian Dravec\u2069 و\u2068IT60\u2069؟');
  });
});

describe('what is written by locale', () => {
  it.each([
    ['en', '23 Nov 2026, 14:32 UTC', '1,650,000.00 EUR', 'Italy', 'Italian', 'IT, NL and LT'],
    ['fr', '23 nov. 2026, 14:32 UTC', '1\u202f650\u202f000,00 EUR', 'Italie', 'italien', 'IT, NL et LT'],
    ['de', '23. Nov. 2026, 14:32 UTC', '1.650.000,00 EUR', 'Italien', 'Italienisch', 'IT, NL und LT'],
  ] as const)('in %s', async (language, moment, amount, country, tongue, list) => {
    await chooseLanguage(language);
    expect([formatMoment('2026-11-23T14:32:00Z'), formatAmount('165000000', 'EUR'), countryName('IT'), languageName('it'), formatList(['IT', 'NL', 'LT'])])
      .toEqual([moment, amount, country, tongue, list]);
  });

  it('keeps Western digits in Arabic', async () => {
    await chooseLanguage('ar');
    expect([formatDate('2026-11-23T14:32:00Z'), formatAmount('165000000', 'EUR'), countryName('LT')]).toEqual(['23 نوفمبر 2026', '1,650,000.00 EUR', 'ليتوانيا']);
  });
});
