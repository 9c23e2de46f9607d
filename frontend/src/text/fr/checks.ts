import type { checks as english } from '@/text/en/checks';
import type { Translated } from '@/text/translated';

export const checks: Translated<typeof english> = {
  'check.now': 'Vérifier maintenant',
  'check.label': 'Vérification de l’empreinte',
  'check.NONE': 'Pas vérifiée depuis son arrivée.',
  'check.WAITING': 'Le fichier est lu en entier.',
  'check.SOUND': 'Telle que consignée, vérifiée {at}.',
  'check.ALTERED': 'Pas telle que consignée, vérifiée {at}.',
  'check.FAILED': 'Le stockage n’a pas répondu ; rien n’a été vérifié. Réessayez plus tard.',
  'custodyVerb.ALERTED': 'Alerte d’intégrité',
  'custodyVerb.CLEARED': 'Alerte d’intégrité levée',
  'custodyVerb.SCANNED': 'Analyse antivirus',
  'scan.label': 'Analyse antivirus',
  'scan.NOT_CONFIGURED': 'Non analysé : aucun antivirus n’est configuré ici.',
  'scan.WAITING': 'Pas encore analysé. En attente de l’antivirus.',
  'scan.CLEAN': 'Rien n’a été trouvé, {at}.',
  'scan.INFECTED': 'Trouvé : {found}. Personne ne peut le voir ni en prendre une copie.',
  'scan.infected': 'virus trouvé',
  'archive.mark': 'archive dangereuse',
  'archive.label': 'Contenu de l’archive',
};
