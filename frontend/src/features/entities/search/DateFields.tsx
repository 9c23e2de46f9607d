import { useMemo, type ReactNode } from 'react';
import { useOntology } from '@/api/ontology';
import type { Narrowing } from '@/features/entities/search/narrowing';
import { propertyName } from '@/text/ontology';
import { t } from '@/text/text';
import { SelectField, TextField } from '@/ui/Field';

interface Properties {
  readonly value: Narrowing;
  readonly onChange: (value: Narrowing) => void;
}

/** When a data set was fetched or changed is no day on which anything happened. */
const ofKeeping: ReadonlySet<string> = new Set(['modifiedAt', 'retrievedAt']);

function useDateProperties(): readonly (readonly [string, string])[] {
  const { entityKinds, linkKinds } = useOntology();
  return useMemo(() => {
    const dates = [...entityKinds, ...linkKinds].flatMap(({ properties }) => properties).filter(({ name, type }) => type === 'date' && !ofKeeping.has(name));
    const named = new Map(dates.map(({ name, label }) => [name, propertyName(name, label)]));
    return [...named].sort(([, one], [, other]) => one.localeCompare(other));
  }, [entityKinds, linkKinds]);
}

/** A day that a record, or a record of a link, states; and the day since which it has been here. */
export function DateFields({ value, onChange }: Properties): ReactNode {
  const properties = useDateProperties();
  const set = (name: keyof Narrowing) => (text: string): void => onChange({ ...value, [name]: text || null });
  return (
    <>
      <SelectField label={t('search.statedAs')} value={value.statedAs ?? ''} onChange={set('statedAs')}>
        <option value="">{t('search.anyDate')}</option>
        {properties.map(([name, label]) => <option key={name} value={name}>{label}</option>)}
      </SelectField>
      <TextField label={t('search.statedFrom')} type="date" dir="ltr" value={value.statedFrom ?? ''} onChange={set('statedFrom')} />
      <TextField label={t('search.statedTo')} type="date" dir="ltr" value={value.statedTo ?? ''} onChange={set('statedTo')} />
      <TextField label={t('search.since')} type="date" dir="ltr" value={value.recordedFrom ?? ''} onChange={set('recordedFrom')} />
    </>
  );
}
