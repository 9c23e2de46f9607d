import { unreachable } from '@/api/connection';
import { chooseLanguage } from '@/text/language';
import type { Language } from '@/text/languages';

/** Speaks the language that a person chose. Where it cannot be fetched everything stays as it is, and the page says that it is offline. */
export function speakHere(language: Language): void {
  chooseLanguage(language).catch(unreachable);
}
