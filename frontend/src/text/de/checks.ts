import type { checks as english } from '@/text/en/checks';
import type { Translated } from '@/text/translated';

export const checks: Translated<typeof english> = {
  'check.now': 'Jetzt prüfen',
  'check.label': 'Prüfung des Hashwerts',
  'check.NONE': 'Seit dem Eingang nicht geprüft.',
  'check.WAITING': 'Die Datei wird ganz gelesen.',
  'check.SOUND': 'Wie festgehalten, geprüft {at}.',
  'check.ALTERED': 'Nicht wie festgehalten, geprüft {at}.',
  'check.FAILED': 'Der Speicher antwortete nicht, also wurde nichts geprüft. Versuchen Sie es später noch einmal.',
  'custodyVerb.ALERTED': 'Warnung: nicht mehr unversehrt',
  'custodyVerb.CLEARED': 'Warnung aufgehoben',
  'custodyVerb.SCANNED': 'Auf Viren geprüft',
};
