import type { ReactNode } from 'react';
import { useSpace } from '@/api/SpaceContext';
import { DateFields } from '@/features/entities/search/DateFields';
import { isNarrowed, type Narrowing } from '@/features/entities/search/narrowing';
import { countryName } from '@/text/format';
import { t } from '@/text/text';
import { LinkButton } from '@/ui/Button';
import { SelectField } from '@/ui/Field';
import styles from '@/features/entities/search/search.module.css';

interface Properties {
  readonly value: Narrowing;
  readonly onChange: (value: Narrowing) => void;
}

export const grades = ['A1', 'B2', 'C3'] as const;

/** What a record must be besides: entered in a case, graded at least so, of one country's authority, of some day. */
export function SearchFilters({ value, onChange }: Properties): ReactNode {
  const { cases, countries } = useSpace();
  const set = (name: keyof Narrowing) => (text: string): void => onChange({ ...value, [name]: text || null });
  return (
    <div className={styles['filters']} role="group" aria-label={t('search.filters')}>
      <SelectField label={t('search.case')} value={value.case ?? ''} onChange={set('case')}>
        <option value="">{t('search.any')}</option>
        {cases.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
      </SelectField>
      <SelectField label={t('search.grade')} value={value.gradeAtLeast ?? ''} onChange={set('gradeAtLeast')}>
        <option value="">{t('search.any')}</option>
        {grades.map((grade) => <option key={grade} value={grade}>{grade}</option>)}
      </SelectField>
      <SelectField label={t('search.country')} value={value.country ?? ''} onChange={set('country')}>
        <option value="">{t('search.any')}</option>
        {countries.map((country) => <option key={country} value={country}>{countryName(country)}</option>)}
      </SelectField>
      <DateFields value={value} onChange={onChange} />
      {isNarrowed(value) && <LinkButton onClick={() => onChange({})}>{t('search.clear')}</LinkButton>}
    </div>
  );
}
