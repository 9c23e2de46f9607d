import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct, useAsk } from '@/api/hooks';
import { useMe } from '@/api/session';
import { AgencyChoices, CreatePerson, UpdatePerson, type AccountInfo, type Issued } from '@/features/auth/accounts/queries';
import { splitList } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextField } from '@/ui/Field';
import { Problem, ReadProblem } from '@/ui/States';

interface Described {
  readonly name: string;
  readonly function: string;
  readonly languages: string;
}

const fields = ['login', 'name', 'function', 'languages', 'agency'];

function Describe({ value, error, onChange }: { readonly value: Described; readonly error: unknown; readonly onChange: (value: Described) => void }): ReactNode {
  return (
    <>
      <TextField label={t('admin.name')} problem={problemAt(error, 'name')} value={value.name} onChange={(name) => onChange({ ...value, name })} />
      <TextField label={t('person.function')} hint={t('person.functionHint')} problem={problemAt(error, 'function')} value={value.function}
        onChange={(said) => onChange({ ...value, function: said })} />
      <TextField label={t('admin.languages')} hint={t('admin.languagesHint')} problem={problemAt(error, 'languages')} value={value.languages}
        onChange={(languages) => onChange({ ...value, languages })} />
    </>
  );
}

const sent = (value: Described): { name: string; function: string; languages: string[] } =>
  ({ name: value.name.trim(), function: value.function.trim(), languages: splitList(value.languages) });
const complete = ({ name, function: said }: Described): boolean => name.trim() !== '' && said.trim() !== '';

/** Creates the account of a person; what opens it is shown by `onIssued`. */
export function NewPersonDialog({ onClose, onIssued }: { readonly onClose: () => void; readonly onIssued: (issued: Issued) => void }): ReactNode {
  const [described, setDescribed] = useState<Described>({ name: '', function: '', languages: '' });
  const [login, setLogin] = useState('');
  const me = useMe();
  const [agency, setAgency] = useState(me.administrator ? '' : me.agency.id);
  const agencies = useAsk(AgencyChoices, {});
  const create = useAct(CreatePerson, async ({ createPerson }) => {
    await refresh('own', ['Accounts']);
    onIssued(createPerson);
  });
  return (
    <Dialog title={t('person.create')} onClose={onClose} onSubmit={() => create.mutate({ login: login.trim(), agency, ...sent(described) })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!complete(described) || !login.trim() || !agency || create.isPending}>{t('person.submit')}</Button>
    </>}>
      {agencies.error && <ReadProblem error={agencies.error} />}
      <Describe value={described} error={create.error} onChange={setDescribed} />
      {me.administrator && <SelectField label={t('person.agency')} hint={t('person.agencyHint')} problem={problemAt(create.error, 'agency')} value={agency} onChange={setAgency}>
        <option value="">{t('person.choose')}</option>
        {agencies.data?.agencies.map((each) => <option key={each.id} value={each.id}>{`${each.country} ${each.name}`}</option>)}
      </SelectField>}
      <TextField mono label={t('person.login')} hint={t(me.administrator ? 'person.loginHint' : 'person.loginHintAgency')} problem={problemAt(create.error, 'login')} value={login} onChange={setLogin} dir="ltr" />
      <Problem error={problemBeside(create.error, fields)} />
    </Dialog>
  );
}

/** Changes how a person is called and what they do. */
export function EditPersonDialog({ of, onClose }: { readonly of: AccountInfo; readonly onClose: () => void }): ReactNode {
  const { id, name, function: said, languages } = of.person;
  const [described, setDescribed] = useState<Described>({ name, function: said, languages: languages.join(', ') });
  const update = useAct(UpdatePerson, async () => {
    await refresh('own', ['Accounts', 'Session']);
    onClose();
  });
  return (
    <Dialog title={t('person.edit')} onClose={onClose} onSubmit={() => update.mutate({ id, ...sent(described) })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!complete(described) || update.isPending}>{t('person.save')}</Button>
    </>}>
      <Describe value={described} error={update.error} onChange={setDescribed} />
      <Problem error={problemBeside(update.error, fields)} />
    </Dialog>
  );
}
