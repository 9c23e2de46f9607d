import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMe } from '@/api/session';
import { t } from '@/text/text';
import { IconButton, LinkButton } from '@/ui/Button';
import { FieldGroup, TextField } from '@/ui/Field';
import styles from '@/features/cases/cases.module.css';

export interface Reference {
  readonly country: string;
  readonly number: string;
}

interface Properties {
  readonly value: readonly Reference[];
  readonly onChange: (value: readonly Reference[]) => void;
  readonly problem?: string | null;
}

/** The references that have a number, as they are sent. */
export const filledIn = (references: readonly Reference[]): Reference[] =>
  references.filter(({ number }) => number.trim()).map(({ country, number }) => ({ country, number: number.trim() }));

/** The numbers that each country's authority gives a case. */
export function References({ value, onChange, problem = null }: Properties): ReactNode {
  const me = useMe();
  const set = (at: number, part: Partial<Reference>): void => onChange(value.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <FieldGroup label={t('cases.reference')}>
      {value.map((each, at) => (
        <div key={at} className={styles['refRow']}>
          <TextField mono label={t('case.country')} maxLength={2} value={each.country} onChange={(country) => set(at, { country: country.toUpperCase() })} />
          <TextField mono label={t('case.number')} value={each.number} onChange={(number) => set(at, { number })} />
          <IconButton label={t('case.dropReference', { number: each.number })} icon={<IconTrash size={16} aria-hidden />} onClick={() => onChange(value.filter((_, index) => index !== at))} />
        </div>
      ))}
      <LinkButton onClick={() => onChange([...value, { country: me.agency.country, number: '' }])}><IconPlus size={13} aria-hidden /> {t('case.addReference')}</LinkButton>
      {problem && <p role="alert" className={styles['problem']}>{problem}</p>}
    </FieldGroup>
  );
}
