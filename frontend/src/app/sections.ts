import { IconCertificate, IconChecklist, IconHome, IconId, IconScale, IconTableImport, IconTopologyStar3, type Icon } from '@tabler/icons-react';
import type { Right } from '@/api/generated/graphql';
import type { TextKey } from '@/text/text';

interface Section {
  /** The path below the space. */
  readonly path: string;
  readonly text: Extract<TextKey, `nav.${string}`>;
  readonly icon: Icon;
  /** The right without which the section is of no use. */
  readonly right: Right;
  /** Whether it is in the bar of a phone rather than behind "More". */
  readonly inBar: boolean;
}

/** The sections that exist, in the order of the rail. */
export const sections: readonly Section[] = [
  { path: 'network', text: 'nav.network', icon: IconTopologyStar3, right: 'READ_CONTENT', inBar: true },
  { path: 'entities', text: 'nav.entities', icon: IconId, right: 'READ_CONTENT', inBar: false },
  { path: 'evidence', text: 'nav.evidence', icon: IconCertificate, right: 'READ_CONTENT', inBar: true },
  { path: 'cases', text: 'nav.cases', icon: IconScale, right: 'READ_CONTENT', inBar: false },
  { path: 'tasks', text: 'nav.tasks', icon: IconChecklist, right: 'READ_CONTENT', inBar: true },
  { path: 'import', text: 'nav.import', icon: IconTableImport, right: 'IMPORT', inBar: false },
];
export const home = { path: '', text: 'nav.home', icon: IconHome } as const;
