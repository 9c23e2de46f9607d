import type { ReactNode } from 'react';
import { problemAt, type ApiError } from '@/api/errors';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import type { CaseInfo } from '@/features/cases/queries';
import { t } from '@/text/text';
import { SelectField } from '@/ui/Field';

/** Who leads a case, and which authority owns it. */
export interface Hands {
  readonly lead: string;
  readonly authority: string;
}

interface Properties {
  readonly of: CaseInfo;
  readonly value: Hands;
  readonly onChange: (value: Hands) => void;
  readonly error: ApiError | null;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly country: string;
}

const byName = (choices: readonly Named[]): Named[] =>
  [...new Map(choices.map((each) => [each.id, each])).values()].toSorted((a, b) => a.name.localeCompare(b.name));

/** Chooses them among the people of the space; only the owning authority may hand the case to another. */
export function HandFields({ of, value, onChange, error }: Properties): ReactNode {
  const { members } = useSpace();
  const me = useMe();
  const within = members.filter(({ state }) => state === 'ACTIVE');
  const readers = within.filter(({ role }) => role !== 'OVERSIGHT').map(({ person }) => ({ id: person.id, name: person.name, country: person.agency.country }));
  const now = of.lead ? [{ id: of.lead.id, name: of.lead.name, country: of.lead.agency.country }] : [];
  const owns = of.authority.id === me.agency.id;
  return (
    <>
      <SelectField label={t('cases.lead')} value={value.lead} onChange={(lead) => onChange({ ...value, lead })} problem={problemAt(error, 'lead')}>
        <option value="">{t('ui.none')}</option>
        {byName([...readers, ...now]).map(({ id, name, country }) => <option key={id} value={id}>{`${name}, ${country}`}</option>)}
      </SelectField>
      <SelectField label={t('cases.authority')} value={value.authority} onChange={(authority) => onChange({ ...value, authority })}
        problem={problemAt(error, 'authority')} disabled={!owns} hint={owns ? t('case.authorityHint') : t('case.authorityOnly', { authority: of.authority.name })}>
        {byName([...within.map(({ person }) => person.agency), of.authority]).map(({ id, name, country }) => <option key={id} value={id}>{`${country} ${name}`}</option>)}
      </SelectField>
    </>
  );
}
