import type { ReactNode } from 'react';
import type { RecordInfo } from '@/api/records';
import { formatDay, listed, shortName } from '@/text/format';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { SourceMargin } from '@/ui/facts/SourceMargin';
import { byStrength } from '@/ui/facts/standing';
import facts from '@/ui/facts/facts.module.css';

/** Every record behind an item: what it says in short, by whom and when, and its margin. */
export function PanelSources({ records }: { readonly records: readonly RecordInfo[] }): ReactNode {
  return (
    <ul>{byStrength(records).map((record) => (
      <li key={record.id} className={facts['row']}>
        <div className={facts['said']}>
          <span className={facts['label']}>{t('source.saidBy', { name: shortName(record.assertedBy.name), day: formatDay(record.assertedAt) })}</span>
          <span><bdi>{record.values.map(({ property, label, values }) => `${propertyName(property, label)}: ${listed(values)}`).join(' · ')}</bdi></span>
        </div>
        <SourceMargin record={record} />
      </li>
    ))}</ul>
  );
}
