import type { ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { t } from '@/text/text';
import { SelectField } from '@/ui/Field';
import { MarkingChoices } from '@/ui/records/MarkingChoices';
import styles from '@/features/evidence/evidence.module.css';

const reliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const credibilities = ['1', '2', '3', '4', '5', '6'] as const;
const handlings = ['H0', 'H1', 'H2', 'H3'] as const;

/** A grade in its two parts, and how an exhibit may be handled. */
export interface Graded {
  readonly reliability: string;
  readonly credibility: string;
  readonly handling: string;
}
/** The same, and where an exhibit belongs. */
export interface Belonging extends Graded {
  readonly case: string;
  readonly markings: readonly string[];
}

export const belonging = (inCase: string): Belonging => ({ case: inCase, markings: [], reliability: '', credibility: '', handling: 'H0' });

/** "B2"; empty where one part is missing. */
export const gradeOf = ({ reliability, credibility }: Graded): string => (reliability && credibility ? reliability + credibility : '');

export function GradeFields({ value, set }: { readonly value: Graded; readonly set: (part: Partial<Graded>) => void }): ReactNode {
  return (
    <div className={styles['three']}>
      <SelectField label={`${t('record.grade')}: ${t('record.reliability')}`} value={value.reliability} onChange={(reliability) => set({ reliability })}>
        <option value="">{t('record.ungraded')}</option>
        {reliabilities.map((each) => <option key={each} value={each}>{`${each} ${t(`reliability.${each}`)}`}</option>)}
      </SelectField>
      <SelectField label={`${t('record.grade')}: ${t('record.credibility')}`} value={value.credibility} onChange={(credibility) => set({ credibility })}>
        <option value="">{t('record.ungraded')}</option>
        {credibilities.map((each) => <option key={each} value={each}>{`${each} ${t(`credibility.${each}`)}`}</option>)}
      </SelectField>
      <SelectField label={t('record.handling')} value={value.handling} onChange={(handling) => set({ handling })}>
        {handlings.map((each) => <option key={each} value={each}>{t(`handling.${each}`)}</option>)}
      </SelectField>
    </div>
  );
}

/** The case, the grade, how it may be handled, and markings. */
export function ChoiceFields({ value, set }: { readonly value: Belonging; readonly set: (part: Partial<Belonging>) => void }): ReactNode {
  const { cases, markings } = useSpace();
  return (
    <>
      <SelectField label={t('evidence.inCase')} required value={value.case} onChange={(id) => set({ case: id })}>
        {!value.case && <option value="">{t('evidence.chooseCase')}</option>}
        {cases.map((each) => <option key={each.id} value={each.id}>{each.title}</option>)}
      </SelectField>
      <GradeFields value={value} set={set} />
      {markings.length > 0 && <MarkingChoices of={markings.map(({ marking }) => marking)} chosen={value.markings} onChange={(chosen) => set({ markings: chosen })} />}
    </>
  );
}
