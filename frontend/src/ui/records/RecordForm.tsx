import type { ReactNode } from 'react';
import { ApiError } from '@/api/errors';
import type { EntityKind } from '@/api/ontology';
import type { CitedExhibit } from '@/api/records';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { Check, FieldGroup, SelectField, TextArea, TextField } from '@/ui/Field';
import type { RecordDraft } from '@/ui/records/draft';
import { ValueRows } from '@/ui/records/ValueRows';
import styles from '@/ui/records/records.module.css';

const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const credibilities = ['1', '2', '3', '4', '5', '6'] as const;
const handlings = ['H0', 'H1', 'H2', 'H3'] as const;

interface Properties {
  readonly draft: RecordDraft;
  readonly onChange: (draft: RecordDraft) => void;
  /** The properties that may be stated; empty leaves values out, as for a merge. */
  readonly properties: EntityKind['properties'];
  /** The server's refusal: its field is pointed out here. */
  readonly error?: Error | null;
}

function problemOf(error: Error | null | undefined, field: string): string | null {
  if (!(error instanceof ApiError) || error.kind !== 'INVALID') return null;
  return error.field?.split('.').at(-1) === field ? error.message : null;
}

function Grade({ draft, set }: { readonly draft: RecordDraft; readonly set: (part: Partial<RecordDraft>) => void }): ReactNode {
  return (
    <div className={`${styles['grid'] ?? ''} ${styles['three'] ?? ''}`}>
      <SelectField label={`${t('record.grade')}: ${t('record.reliability')}`} value={draft.reliability} onChange={(reliability) => set({ reliability })}>
        <option value="">{t('record.ungraded')}</option>
        {reliabilities.map((each) => <option key={each} value={each}>{`${each} ${t(`reliability.${each}`)}`}</option>)}
      </SelectField>
      <SelectField label={`${t('record.grade')}: ${t('record.credibility')}`} value={draft.credibility} onChange={(credibility) => set({ credibility })}>
        <option value="">{t('record.ungraded')}</option>
        {credibilities.map((each) => <option key={each} value={each}>{`${each} ${t(`credibility.${each}`)}`}</option>)}
      </SelectField>
      <SelectField label={t('record.handling')} value={draft.handling} onChange={(handling) => set({ handling })}>
        {handlings.map((each) => <option key={each} value={each}>{t(`handling.${each}`)}</option>)}
      </SelectField>
    </div>
  );
}

function Markings({ draft, set }: { readonly draft: RecordDraft; readonly set: (part: Partial<RecordDraft>) => void }): ReactNode {
  const { markings } = useSpace();
  if (markings.length === 0) return null;
  return (
    <FieldGroup label={t('record.markings')}>
      <div className={styles['checks']}>
        {markings.map(({ marking: { id, name } }) => (
          <Check key={id} label={<bdi>{name}</bdi>} checked={draft.markings.includes(id)}
            onChange={(on) => set({ markings: on ? [...draft.markings, id] : draft.markings.filter((each) => each !== id) })} />
        ))}
      </div>
    </FieldGroup>
  );
}

/** The exhibit that the record cites. What it takes from it, markings and standing, it keeps. */
function Cited({ number, title }: CitedExhibit): ReactNode {
  return (
    <div className={styles['cited']}>
      <span className={styles['label']}>{t('record.sourceTitle')}</span>
      <span><bdi dir="ltr" className={styles['number']}>{number}</bdi> <bdi>{title}</bdi></span>
    </div>
  );
}

/** What one source says, and how it may be handled. */
export function RecordForm({ draft, onChange, properties, error }: Properties): ReactNode {
  const { cases } = useSpace();
  const set = (part: Partial<RecordDraft>): void => onChange({ ...draft, ...part });
  return (
    <>
      {properties.length > 0 && <ValueRows values={draft.values} properties={properties} onChange={(values) => set({ values })} error={error} />}
      <div className={styles['grid']}>
        {draft.exhibit ? <Cited {...draft.exhibit} /> : <TextField label={t('record.sourceTitle')} hint={t('record.sourceHint')} value={draft.sourceTitle} onChange={(sourceTitle) => set({ sourceTitle })} problem={problemOf(error, 'sourceTitle')} />}
        <TextField mono label={t('record.locator')} hint={t('record.locatorHint')} value={draft.locator} onChange={(locator) => set({ locator })} problem={problemOf(error, 'locator')} />
      </div>
      <Grade draft={draft} set={set} />
      <SelectField label={t('record.case')} value={draft.case} onChange={(id) => set({ case: id })} problem={problemOf(error, 'case')}>
        {cases.map((each) => <option key={each.id} value={each.id}>{each.title}</option>)}
      </SelectField>
      <Markings draft={draft} set={set} />
      <details className={styles['optional']} open={Boolean(draft.validFrom || draft.validTo || draft.gradeOriginal)}>
        <summary>{t('record.optional')}</summary>
        <div className={styles['grid']}>
          <TextField label={t('record.validFrom')} hint={t('record.dateHint')} value={draft.validFrom} onChange={(validFrom) => set({ validFrom })} problem={problemOf(error, 'validFrom')} />
          <TextField label={t('record.validTo')} hint={t('record.dateHint')} value={draft.validTo} onChange={(validTo) => set({ validTo })} problem={problemOf(error, 'validTo')} />
          <TextField label={t('record.gradeOriginal')} value={draft.gradeOriginal} onChange={(gradeOriginal) => set({ gradeOriginal })} />
        </div>
      </details>
    </>
  );
}

/** Why something is done: stays with the record and in the log. */
export function ReasonField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  return <TextArea label={t('record.reason')} hint={t('record.reasonHint')} value={value} onChange={onChange} rows={2} />;
}
