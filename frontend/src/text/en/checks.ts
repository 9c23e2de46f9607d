/** What the server looks at in the files of exhibits: whether they are as they came, and what a virus scanner says. */
export const checks = {
  'check.now': 'Check now',
  'check.label': 'Check of the hash',
  'check.NONE': 'Not checked since it came.',
  'check.WAITING': 'The file is being read in full.',
  'check.SOUND': 'As it was recorded, checked {at}.',
  'check.ALTERED': 'Not as it was recorded, checked {at}.',
  'check.FAILED': 'The store did not answer, so nothing was checked. Try again later.',
  'custodyVerb.ALERTED': 'Integrity alert',
  'custodyVerb.CLEARED': 'Integrity alert lifted',
  'custodyVerb.SCANNED': 'Scanned for viruses',
} as const;
