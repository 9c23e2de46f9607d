import type { ReactNode } from 'react';
import { problemAt } from '@/api/errors';
import type { TermsDraft } from '@/features/teams/agreements/terms';
import { t } from '@/text/text';
import { TextArea, TextField } from '@/ui/Field';
import styles from '@/features/teams/teams.module.css';

export const termsFields = ['purpose', 'parties', 'validFrom', 'validTo'];

interface Properties {
  readonly value: TermsDraft;
  readonly error: unknown;
  readonly onChange: (value: TermsDraft) => void;
}

/** Purpose, parties and days of an agreement. */
export function TermsFields({ value, error, onChange }: Properties): ReactNode {
  return (
    <>
      <TextArea label={t('agreement.purpose')} hint={t('agreement.purposeHint')} problem={problemAt(error, 'purpose')} rows={2} value={value.purpose}
        onChange={(purpose) => onChange({ ...value, purpose })} />
      <TextField mono label={t('agreement.partiesField')} hint={t('agreement.partiesHint')} problem={problemAt(error, 'parties')} value={value.parties}
        onChange={(parties) => onChange({ ...value, parties })} dir="ltr" />
      <div className={styles['formGrid']}>
        <TextField type="date" label={t('agreement.from')} problem={problemAt(error, 'validFrom')} value={value.from} onChange={(from) => onChange({ ...value, from })} />
        <TextField type="date" label={t('agreement.to')} problem={problemAt(error, 'validTo')} value={value.to} onChange={(to) => onChange({ ...value, to })} />
      </div>
    </>
  );
}
