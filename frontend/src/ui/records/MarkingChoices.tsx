import type { ReactNode } from 'react';
import { t } from '@/text/text';
import { Check, FieldGroup } from '@/ui/Field';

interface Choice {
  readonly id: string;
  readonly name: string;
}

interface Properties {
  readonly of: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Some of several markings, each by its name. */
export function MarkingChoices({ of, chosen, onChange }: Properties): ReactNode {
  return (
    <FieldGroup label={t('record.markings')}>
      {of.map(({ id, name }) => (
        <Check key={id} label={<bdi>{name}</bdi>} checked={chosen.includes(id)} onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))} />
      ))}
    </FieldGroup>
  );
}
