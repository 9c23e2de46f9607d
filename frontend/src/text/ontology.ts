import { spoken } from '@/text/language';

/** Names of the ontology in the language spoken, by the names that never change; `english` is what the server calls them. */
export const kindName = (kind: string, english: string): string => spoken().ontology?.kinds[kind]?.[0] ?? english;
export const kindPlural = (kind: string, english: string): string => spoken().ontology?.kinds[kind]?.[1] ?? english;
export const propertyName = (property: string, english: string): string => spoken().ontology?.properties[property] ?? english;
/** A link as its source says it: "owns". */
export const linkName = (kind: string, english: string): string => spoken().ontology?.links[kind]?.[0] ?? english;
/** A link as its target says it: "owned by". */
export const linkReverse = (kind: string, english: string): string => spoken().ontology?.links[kind]?.[1] ?? english;
