import type { ReactNode } from 'react';
import type { RecordInfo } from '@/api/records';
import { useMe } from '@/api/session';
import type { Subject } from '@/features/entities/RecordDialog';
import { firstName, formatAge } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { ValueText } from '@/ui/facts/ValueText';
import type { RecordDraft } from '@/ui/records/draft';
import styles from '@/ui/records/records.module.css';

interface Properties {
  readonly subject: Subject;
  /** Ids of the records that were there when this person began. */
  readonly seen: ReadonlySet<string>;
  readonly draft: RecordDraft;
  readonly busy: boolean;
  readonly onBoth: () => void;
  readonly onMine: (theirs: RecordInfo) => void;
  readonly onTheirs: () => void;
}

function Theirs({ record, subject }: { readonly record: RecordInfo; readonly subject: Subject }): ReactNode {
  return (
    <div className={styles['side']}>
      <span className={styles['who']}>{t('conflictWrite.them', { name: firstName(record.assertedBy.name), age: formatAge(record.assertedAt) })}</span>
      <dl>{record.values.map(({ property, label, values }) => (
        <div key={property}><dt>{label}</dt>{values.map((value) => (
          <dd key={value}><ValueText value={value} type={subject.properties.find(({ name }) => name === property)?.type} /></dd>
        ))}</div>
      ))}</dl>
    </div>
  );
}

/** The second of two writers: both versions side by side, and the ways on. Only its own authority may replace a record. */
export function WriteConflict({ subject, seen, draft, busy, onBoth, onMine, onTheirs }: Properties): ReactNode {
  const [theirs] = subject.records.filter(({ id }) => !seen.has(id)).toSorted((a, b) => b.assertedAt.localeCompare(a.assertedAt));
  const me = useMe();
  const name = theirs && theirs.assertedBy.id !== me.id ? firstName(theirs.assertedBy.name) : null;
  const label = (property: string): string => subject.properties.find((each) => each.name === property)?.label ?? property;
  return (
    <section className={styles['conflict']} role="alert">
      <p>{name ? t('conflictWrite.title', { name }) : t('conflictWrite.nobody')}</p>
      <div className={styles['sides']}>
        <div className={styles['side']}>
          <span className={styles['who']}>{t('conflictWrite.you')}</span>
          <dl>{draft.values.filter(({ value }) => value.trim()).map(({ property, value }) => (
            <div key={`${property} ${value}`}><dt>{label(property)}</dt><dd><bdi>{value}</bdi></dd></div>
          ))}</dl>
        </div>
        {theirs && <Theirs record={theirs} subject={subject} />}
      </div>
      <div className={styles['buttons']}>
        <Button look="primary" disabled={busy} onClick={onBoth}>{t('conflictWrite.both')}</Button>
        {theirs?.authority.id === me.agency.id && <Button disabled={busy} onClick={() => onMine(theirs)}>{t('conflictWrite.mine')}</Button>}
        {theirs && <Button disabled={busy} onClick={onTheirs}>{t('conflictWrite.theirs')}</Button>}
      </div>
    </section>
  );
}
