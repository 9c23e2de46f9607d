import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '@/api/errors';
import type { EntityKind } from '@/api/ontology';
import { t } from '@/text/text';
import { IconButton, LinkButton } from '@/ui/Button';
import { FieldGroup, SelectField, TextField } from '@/ui/Field';
import type { ValueDraft } from '@/ui/records/draft';
import styles from '@/ui/records/records.module.css';

interface Properties {
  readonly values: readonly ValueDraft[];
  readonly properties: EntityKind['properties'];
  readonly onChange: (values: readonly ValueDraft[]) => void;
  readonly error?: Error | null | undefined;
}

const notMono: ReadonlySet<string> = new Set(['name', 'text', 'string', 'country', 'date', 'topic', 'gender', 'language', 'address']);

/** The property an error names, as in "record.values.birthDate". */
function faulty(error: Error | null | undefined): string | null {
  return error instanceof ApiError && error.kind === 'INVALID' ? (error.field?.split('.').at(-1) ?? null) : null;
}

/** Values under their properties, one row each; a property may be stated more than once. */
export function ValueRows({ values, properties, onChange, error }: Properties): ReactNode {
  const wrong = faulty(error);
  const set = (at: number, part: Partial<ValueDraft>): void =>
    onChange(values.map((value, index) => (index === at ? { ...value, ...part } : value)));
  return (
    <FieldGroup label={t('record.values')}>
      <div className={styles['values']}>
        {values.map(({ property, value }, at) => {
          const type = properties.find(({ name }) => name === property)?.type ?? 'string';
          return (
            <div key={at} className={styles['valueRow']}>
              <SelectField label={t('record.property')} value={property} onChange={(next) => set(at, { property: next })}>
                {properties.map((each) => <option key={each.name} value={each.name}>{each.label}</option>)}
              </SelectField>
              <TextField label={t('record.value')} mono={!notMono.has(type)} value={value} onChange={(next) => set(at, { value: next })}
                hint={type === 'date' ? t('record.dateHint') : undefined}
                problem={wrong !== null && (wrong === property || (wrong === 'values' && at === 0)) ? error?.message : null} />
              <IconButton label={t('record.dropValue')} icon={<IconTrash size={16} aria-hidden />} onClick={() => onChange(values.filter((_, index) => index !== at))} />
            </div>
          );
        })}
        <LinkButton onClick={() => onChange([...values, { property: properties[0]?.name ?? '', value: '' }])}>
          <IconPlus size={13} aria-hidden /> {t('record.addValue')}
        </LinkButton>
      </div>
    </FieldGroup>
  );
}
