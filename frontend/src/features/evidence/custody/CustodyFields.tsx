import type { ReactNode } from 'react';
import type { CustodyInput } from '@/api/generated/graphql';
import { t } from '@/text/text';
import { TextArea, TextField } from '@/ui/Field';
import { zone } from '@/ui/tasks/due';
import styles from '@/features/evidence/evidence.module.css';

/** An entry of custody while it is being written. */
export interface CustodyDraft {
  readonly at: string;
  readonly place: string;
  readonly reason: string;
  readonly condition: string;
  readonly seal: string;
}
export const emptyCustody: CustodyDraft = { at: '', place: '', reason: '', condition: '', seal: '' };

/** The same as the API takes it; without a moment it is now. */
export const custodyInput = ({ at, ...texts }: CustodyDraft): CustodyInput => ({ ...texts, at: at ? new Date(at).toISOString() : null, zone: zone() });

/** When, where, why, in which condition, under which seal. */
export function CustodyFields({ value, onChange }: { readonly value: CustodyDraft; readonly onChange: (value: CustodyDraft) => void }): ReactNode {
  const set = (part: Partial<CustodyDraft>): void => onChange({ ...value, ...part });
  return (
    <>
      <div className={styles['fields']}>
        <TextField type="datetime-local" dir="ltr" label={t('custody.at')} hint={t('custody.atHint', { zone: zone() })} value={value.at} onChange={(at) => set({ at })} />
        <TextField label={t('custody.place')} value={value.place} onChange={(place) => set({ place })} />
        <TextField mono label={t('custody.seal')} value={value.seal} onChange={(seal) => set({ seal })} />
        <TextField label={t('custody.condition')} value={value.condition} onChange={(condition) => set({ condition })} />
      </div>
      <TextArea label={t('custody.reason')} rows={2} value={value.reason} onChange={(reason) => set({ reason })} />
    </>
  );
}
