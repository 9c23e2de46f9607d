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
  'scan.label': 'Virenprüfung',
  'scan.NOT_CONFIGURED': 'Nicht geprüft: Hier ist kein Virenscanner eingerichtet.',
  'scan.WAITING': 'Noch nicht geprüft. Wartet auf den Virenscanner.',
  'scan.CLEAN': 'Nichts gefunden, {at}.',
  'scan.INFECTED': 'Gefunden: {found}. Niemand kann sie ansehen oder eine Kopie davon nehmen.',
  'scan.infected': 'Virus gefunden',
  'archive.mark': 'unsicheres Archiv',
  'archive.label': 'Archiv',
};
