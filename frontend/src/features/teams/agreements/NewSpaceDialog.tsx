import { useState, type CSSProperties, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import type { SpaceKind } from '@/api/generated/graphql';
import { useAct, useAsk } from '@/api/hooks';
import { AppointLead, CreateSpace, LeadChoices, registerOperations, type Registered } from '@/features/teams/agreements/queries';
import { complete, emptyTerms, termsOf } from '@/features/teams/agreements/terms';
import { TermsFields, termsFields } from '@/features/teams/agreements/TermsFields';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FieldGroup, SelectField, TextField } from '@/ui/Field';
import { Problem, ReadProblem } from '@/ui/States';
import styles from '@/features/teams/teams.module.css';

const kinds: readonly SpaceKind[] = ['JOINT_INVESTIGATION_TEAM', 'TASK_FORCE', 'NATIONAL'];
const colours = [0, 1, 2, 3, 4, 5, 6, 7];

function LeadField({ value, error, onChange }: { readonly value: string; readonly error: unknown; readonly onChange: (value: string) => void }): ReactNode {
  const accounts = useAsk(LeadChoices, {});
  return (
    <>
      {accounts.error && <ReadProblem error={accounts.error} />}
      <SelectField label={t('register.lead')} hint={t('register.leadHint')} problem={problemAt(error, 'lead')} value={value} onChange={onChange}>
        <option value="">{t('invite.choose')}</option>
        {accounts.data?.accounts.filter(({ state }) => state !== 'DISABLED').map(({ person: { id, name, function: said, agency } }) => (
          <option key={id} value={id}>{`${agency.country} ${name}, ${said}, ${agency.name}`}</option>
        ))}
      </SelectField>
    </>
  );
}

function ColourField({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }): ReactNode {
  return (
    <FieldGroup label={t('register.colour')}>
      <div className={styles['colours']}>
        {colours.map((each) => (
          <button key={each} type="button" className={styles['colour']} style={{ '--edge': `var(--space-${each})` } as CSSProperties}
            aria-label={t('register.colourOf', { n: each + 1 })} aria-pressed={each === value} onClick={() => onChange(each)} />
        ))}
      </div>
    </FieldGroup>
  );
}

/** Opens a space: its name, its draft agreement, its first lead. */
export function NewSpaceDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<SpaceKind>('JOINT_INVESTIGATION_TEAM');
  const [colour, setColour] = useState(0);
  const [draft, setDraft] = useState(emptyTerms);
  const [lead, setLead] = useState('');
  const create = useAct(CreateSpace, async () => {
    await refresh('own', registerOperations);
    onClose();
  });
  const send = (): void => create.mutate({ name: name.trim(), kind, colour, agreement: termsOf(draft), lead });
  return (
    <Dialog title={t('register.create')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!name.trim() || !complete(draft) || !lead || create.isPending}>{t('register.submit')}</Button>
    </>}>
      <TextField label={t('admin.name')} problem={problemAt(create.error, 'name')} value={name} onChange={setName} />
      <SelectField label={t('register.kind')} value={kind} onChange={(value) => setKind(kinds.find((each) => each === value) ?? kind)}>
        {kinds.map((each) => <option key={each} value={each}>{t(`spaceKind.${each}`)}</option>)}
      </SelectField>
      <ColourField value={colour} onChange={setColour} />
      <TermsFields value={draft} error={create.error} onChange={setDraft} />
      <LeadField value={lead} error={create.error} onChange={setLead} />
      <p className={styles['second']}>{t('register.draftHint')}</p>
      <Problem error={problemBeside(create.error, ['name', 'lead', ...termsFields])} />
    </Dialog>
  );
}

/** Names a lead of a space that has none who could act. */
export function AppointLeadDialog({ of, onClose }: { readonly of: Registered; readonly onClose: () => void }): ReactNode {
  const [lead, setLead] = useState('');
  const appoint = useAct(AppointLead, async () => {
    await refresh('own', registerOperations);
    onClose();
  });
  return (
    <Dialog title={t('register.appointTitle', { space: of.name })} onClose={onClose} onSubmit={() => appoint.mutate({ space: of.id, person: lead })} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!lead || appoint.isPending}>{t('register.appointSubmit')}</Button>
    </>}>
      <LeadField value={lead} error={appoint.error} onChange={setLead} />
      <Problem error={problemBeside(appoint.error, ['lead'])} />
    </Dialog>
  );
}
