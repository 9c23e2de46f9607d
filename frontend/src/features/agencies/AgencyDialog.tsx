import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import type { AgencyType } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { agencyTypes, CreateAgency, UpdateAgency, type AgencyInfo } from '@/features/agencies/queries';
import { countryName, splitList } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';

const fields = ['name', 'country', 'languages'];

/** Creates an agency, or changes one. */
export function AgencyDialog({ of, onClose }: { readonly of: AgencyInfo | null; readonly onClose: () => void }): ReactNode {
  const [name, setName] = useState(of?.name ?? '');
  const [country, setCountry] = useState(of?.country ?? '');
  const [type, setType] = useState<AgencyType>(of?.type ?? 'POLICE');
  const [languages, setLanguages] = useState(of?.languages.join(', ') ?? '');
  const done = async (): Promise<void> => {
    await refresh('own', ['AgencyRegister', 'Accounts', 'Agencies']);
    onClose();
  };
  const create = useAct(CreateAgency, done);
  const update = useAct(UpdateAgency, done);
  const error = create.error ?? update.error;
  const said = { name: name.trim(), country, type, languages: splitList(languages) };
  const send = (): void => (of ? update.mutate({ id: of.id, ...said }) : create.mutate(said));
  return (
    <Dialog title={t(of ? 'agency.edit' : 'agency.create')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!name.trim() || !country || create.isPending || update.isPending}>{t(of ? 'agency.save' : 'agency.submit')}</Button>
    </>}>
      <TextField label={t('admin.name')} hint={t('agency.nameHint')} problem={problemAt(error, 'name')} value={name} onChange={setName} />
      <TextField mono label={t('admin.country')} maxLength={2} problem={problemAt(error, 'country')} value={country}
        hint={country.length === 2 ? countryName(country) : t('admin.countryHint')} onChange={(value) => setCountry(value.toUpperCase())} />
      <SelectField label={t('agency.type')} value={type} onChange={(value) => setType(agencyTypes.find((each) => each === value) ?? type)}>
        {agencyTypes.map((each) => <option key={each} value={each}>{t(`agencyType.${each}`)}</option>)}
      </SelectField>
      <TextField label={t('admin.languages')} hint={t('admin.languagesHint')} problem={problemAt(error, 'languages')} value={languages} onChange={setLanguages} />
      <Problem error={problemBeside(error, fields)} />
    </Dialog>
  );
}
