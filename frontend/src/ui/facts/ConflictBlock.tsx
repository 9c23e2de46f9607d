import { IconArrowsSplit2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FactInfo, RecordInfo } from '@/api/records';
import { formatDay, shortName } from '@/text/format';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import styles from '@/ui/facts/facts.module.css';
import { Locator, SourceCodes } from '@/ui/facts/SourceMargin';
import { byStrength, recordCount, standingValues } from '@/ui/facts/standing';
import { ValueText } from '@/ui/facts/ValueText';

interface Properties {
  readonly fact: FactInfo;
  readonly type?: string | undefined;
  /** Writes a further record that weighs the others; absent without the right. */
  readonly onAssess?: (() => void) | undefined;
  /** What can be done with one of the records. */
  readonly menuOf?: ((record: RecordInfo) => ReactNode) | undefined;
}

function Column({ value, type, menuOf }: { readonly value: FactInfo['values'][number] } & Pick<Properties, 'type' | 'menuOf'>): ReactNode {
  return (
    <div className={styles['column']}>
      <div className={styles['sources']}>
        <span className={styles['big']}><ValueText value={value.value} type={type} /></span>
        <span className={styles['small']}>{t('conflict.records', { count: value.records.length })}</span>
      </div>
      {byStrength(value.records).map((record) => (
        <div key={record.id} className={styles['sources']}>
          <Locator record={record} />
          <SourceCodes record={record} />
          <span className={styles['small']}>{t('source.saidBy', { name: shortName(record.assertedBy.name), day: formatDay(record.assertedAt) })}</span>
          {menuOf?.(record)}
        </div>
      ))}
    </div>
  );
}

/** Records that disagree, side by side at equal size: no winner, nothing hidden. */
export function ConflictBlock({ fact, type, onAssess, menuOf }: Properties): ReactNode {
  const values = standingValues(fact);
  const title = t('conflict.title', { label: propertyName(fact.property, fact.label), records: recordCount(fact), values: values.length });
  return (
    <section className={styles['conflict']} aria-label={title}>
      <div className={styles['head']}>
        <IconArrowsSplit2 size={16} aria-hidden className="mirrored" />
        <strong>{title}</strong>
        <span className={styles['note']}>{t('conflict.unsettled')}</span>
        {onAssess && <Button small onClick={onAssess}>{t('conflict.assess')}</Button>}
      </div>
      <div className={styles['columns']}>{values.map((value) => <Column key={value.value} value={value} type={type} menuOf={menuOf} />)}</div>
    </section>
  );
}
