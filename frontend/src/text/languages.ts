/** The languages of the interface. */
export const languages = ['en', 'fr', 'de', 'ar'] as const;
export type Language = (typeof languages)[number];

/** How each writes dates, numbers and lists. Arabic counts in Western digits and the Gregorian calendar here, as legal data do. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE', ar: 'ar-u-ca-gregory-nu-latn' };

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** "Deutsch": a language in its own words. */
export const ownName = (language: Language): string => new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;

/** One of ours, whatever its region: "fr" for "fr-CA"; undefined where it is none. */
const ours = (tag: string): Language | undefined => languages.find((language) => language === tag.split('-')[0]?.toLowerCase());

/** The person's own choice, else the first language of the browser's that there is, else English. */
export function languageFor(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [...(chosen === null ? [] : [chosen]), ...preferred];
  return wanted.map(ours).find((language) => language !== undefined) ?? 'en';
}
