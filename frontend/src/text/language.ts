import { useSyncExternalStore } from 'react';
import { directionOf, languageFor, localeOf, type Language } from '@/text/languages';
import type { Catalogue, OntologyWords } from '@/text/translated';

/** A language that is loaded. English needs no words for the ontology: the server's own are English. */
interface Spoken {
  readonly language: Language;
  readonly catalogue: Catalogue;
  readonly ontology: OntologyWords | null;
  /** The server's sentences, by which the catalogue's are found; none where they are English anyway. */
  readonly serverEnglish: Readonly<Record<string, string>> | null;
}

const KEPT = 'language';
let current: Spoken | null = null;
let wanted: Language | null = null;
const listeners = new Set<() => void>();

interface Loaded {
  readonly catalogue: Catalogue;
  readonly ontology: OntologyWords | null;
}

async function texts(language: Language): Promise<Loaded> {
  switch (language) {
    case 'en': return { catalogue: (await import('@/text/en/catalogue')).en, ontology: null };
    case 'fr': { const { fr, ontology } = await import('@/text/fr/catalogue'); return { catalogue: fr, ontology }; }
    case 'de': { const { de, ontology } = await import('@/text/de/catalogue'); return { catalogue: de, ontology }; }
    case 'ar': { const { ar, ontology } = await import('@/text/ar/catalogue'); return { catalogue: ar, ontology }; }
    default: return language satisfies never;
  }
}

/** Only the language that is spoken is loaded. */
async function load(language: Language): Promise<Spoken> {
  const [loaded, sentences] = await Promise.all([texts(language), language === 'en' ? null : import('@/text/en/server')]);
  return { language, ...loaded, serverEnglish: sentences?.server ?? null };
}

/** From now on every text is in this language; the root element says so, with its direction. */
function speak(next: Spoken): void {
  current = next;
  document.documentElement.lang = next.language;
  document.documentElement.dir = directionOf(next.language);
  for (const listener of listeners) listener();
}

/** Before anything is drawn: the person's choice or the browser's language; English where that one cannot be loaded. */
export async function startLanguage(preferred: readonly string[] = navigator.languages): Promise<void> {
  const language = languageFor(localStorage.getItem(KEPT), preferred);
  speak(await load(language).catch(() => load('en')));
}

/** Speaks another language in place, and keeps the choice in this browser. Throws where the language cannot be loaded: nothing changes then. */
export async function chooseLanguage(language: Language): Promise<void> {
  wanted = language;
  const next = await load(language);
  if (wanted !== language) return;
  localStorage.setItem(KEPT, language);
  speak(next);
}

export function spoken(): Spoken {
  if (!current) throw new Error('No language is loaded yet.');
  return current;
}

export const locale = (): string => localeOf[spoken().language];
export const direction = (): 'ltr' | 'rtl' => directionOf(spoken().language);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language spoken. Whoever keeps texts (in a memo, on a canvas) makes them anew when it changes; what is drawn again anyway need not ask. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => spoken().language);

/** Makes something by locale once for each language: `const numbers = byLocale((locale) => new Intl.NumberFormat(locale))`. */
export function byLocale<Made>(make: (locale: string) => Made): () => Made {
  const made = new Map<Language, Made>();
  return () => {
    const { language } = spoken();
    const known = made.get(language) ?? make(localeOf[language]);
    made.set(language, known);
    return known;
  };
}
