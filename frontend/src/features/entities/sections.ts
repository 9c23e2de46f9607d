import type { EntityKind } from '@/api/ontology';
import type { FactInfo } from '@/api/records';

/** The sections of the records table, in order; ties follow from links. */
export type Section = 'identity' | 'identifiers' | 'other';
export const sectionOrder: readonly Section[] = ['identity', 'identifiers', 'other'];

const identifierTypes: ReadonlySet<string> = new Set(['identifier', 'iban', 'phone', 'email', 'ip', 'checksum', 'wallet', 'plate']);
const identifierNames = /(number|code|imei|imsi|iban|bic|swift|passport|vin|mmsi|publicKey|username)$/i;
const identityTypes: ReadonlySet<string> = new Set(['name', 'gender']);
const identityNames: ReadonlySet<string> = new Set([
  'name', 'alias', 'weakAlias', 'previousName', 'title', 'firstName', 'lastName', 'middleName', 'fatherName', 'birthDate', 'birthPlace', 'birthCountry',
  'deathDate', 'nationality', 'citizenship', 'country', 'gender', 'legalForm', 'jurisdiction', 'incorporationDate', 'mainCountry', 'type', 'flag', 'buildDate',
  'full', 'holderName', 'bankName', 'currency', 'date', 'startDate', 'endDate', 'caption',
]);

/** The section of a property, by its type in the ontology and its name. */
export function sectionOf(property: string, type: string | undefined): Section {
  if (identityNames.has(property)) return 'identity';
  if ((type && identifierTypes.has(type)) ?? false) return 'identifiers';
  if (identifierNames.test(property)) return 'identifiers';
  return type && identityTypes.has(type) ? 'identity' : 'other';
}

const rank = (property: string): number => {
  const at = [...identityNames].indexOf(property);
  return at < 0 ? identityNames.size : at;
};

/** Facts by section; names first, the others as the server orders them. */
export function bySection(facts: readonly FactInfo[], kind: EntityKind | undefined): ReadonlyMap<Section, readonly FactInfo[]> {
  const type = (property: string): string | undefined => kind?.properties.find(({ name }) => name === property)?.type;
  return new Map(sectionOrder.map((section) => [
    section,
    facts.filter(({ property }) => sectionOf(property, type(property)) === section)
      .toSorted((a, b) => (section === 'identity' ? rank(a.property) - rank(b.property) : 0)),
  ]));
}
