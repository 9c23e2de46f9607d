import { IconArrowsSplit2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FactInfo } from '@/api/records';
import { formatDay, shortName } from '@/text/format';
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
}

function Column({ value, type }: { readonly value: FactInfo['values'][number]; readonly type?: string | undefined }): ReactNode {
  return (
    <div className={styles['column']}>
      <span className={styles['big']}><ValueText value={value.value} type={type} /></span>
      <span className={styles['small']}>{t('conflict.records', { count: value.records.length })}</span>
      {byStrength(value.records).map((record) => (
        <div key={record.id} className={styles['sources']}>
          <Locator record={record} />
          <SourceCodes record={record} />
          <span className={styles['small']}><bdi>{shortName(record.assertedBy.name)}</bdi>, {formatDay(record.assertedAt)}</span>
        </div>
      ))}
    </div>
  );
}

/** Records that disagree, side by side at equal size: no winner, nothing hidden. */
export function ConflictBlock({ fact, type, onAssess }: Properties): ReactNode {
  const values = standingValues(fact);
  return (
    <section className={styles['conflict']}>
      <div className={styles['head']}>
        <IconArrowsSplit2 size={16} aria-hidden />
        <h3>{t('conflict.title', { label: fact.label, records: recordCount(fact), values: values.length })}</h3>
        <span className={styles['note']}>{t('conflict.unsettled')}</span>
        {onAssess && <Button small onClick={onAssess}>{t('conflict.assess')}</Button>}
      </div>
      <div className={styles['columns']}>{values.map((value) => <Column key={value.value} value={value} type={type} />)}</div>
    </section>
  );
}
