import type { ReactNode } from 'react';
import type { RecordInfo } from '@/api/records';
import { formatDay, shortName } from '@/text/format';
import { propertyName } from '@/text/ontology';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength } from '@/ui/facts/standing';
import facts from '@/ui/facts/facts.module.css';

/** Every record behind an item: what it says in short, by whom and when, and its margin. */
export function PanelSources({ records }: { readonly records: readonly RecordInfo[] }): ReactNode {
  return (
    <ul>{byStrength(records).map((record) => (
      <li key={record.id} className={facts['row']}>
        <div className={facts['said']}>
          <span className={facts['label']}><bdi>{shortName(record.assertedBy.name)}</bdi>, {formatDay(record.assertedAt)}</span>
          <span><bdi>{record.values.map(({ property, label, values }) => `${propertyName(property, label)}: ${values.join(', ')}`).join(' · ')}</bdi></span>
        </div>
        <SourceMargin record={record} />
      </li>
    ))}</ul>
  );
}
