import { useId, useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { ChallengeExhibit, DecideChallenge, type ChallengeInfo } from '@/features/evidence/court/queries';
import { WhatFalls } from '@/features/evidence/court/WhatFalls';
import { changedOperations, type ExhibitInfo } from '@/features/evidence/queries';
import { countryName } from '@/text/format';
import { t } from '@/text/text';
import { CountryCode } from '@/ui/Badges';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FieldGroup, SelectField, TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import { zone } from '@/ui/tasks/due';
import styles from '@/features/evidence/court/court.module.css';

interface Properties {
  readonly of: ExhibitInfo;
  readonly onClose: () => void;
}

function useDone(onClose: () => void): () => Promise<void> {
  const { id } = useSpace();
  return async () => {
    await refresh(id, changedOperations);
    onClose();
  };
}

/** Writes down that an exhibit is challenged before a court. */
export function ChallengeDialog({ of, onClose }: Properties): ReactNode {
  const { id, countries, thirdCountries } = useSpace();
  const me = useMe();
  const known = [...new Set([me.agency.country, ...countries, ...thirdCountries])];
  const [draft, setDraft] = useState({ by: '', ground: '', court: '', country: me.agency.country, filed: '' });
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });
  const act = useAct(ChallengeExhibit, useDone(onClose));
  const { filed, ...said } = draft;
  const send = (): void => act.mutate({ space: id, exhibit: of.id, challenge: { ...said, filedAt: filed ? new Date(filed).toISOString() : null } });
  const complete = [said.by, said.ground, said.court].every((each) => each.trim());
  return (
    <Dialog title={t('challenge.title', { number: of.number })} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!complete || act.isPending}>{t('challenge.submit')}</Button>
    </>}>
      <p>{t('challenge.text')}</p>
      <TextField label={t('challenge.by')} required value={draft.by} onChange={(by) => set({ by })} />
      <TextArea label={t('challenge.ground')} rows={2} required value={draft.ground} onChange={(ground) => set({ ground })} />
      <div className={styles['fields']}>
        <TextField label={t('challenge.court')} required value={draft.court} onChange={(court) => set({ court })} />
        <SelectField label={t('challenge.country')} value={draft.country} onChange={(country) => set({ country })}>
          {known.map((code) => <option key={code} value={code}>{`${code} ${countryName(code)}`}</option>)}
        </SelectField>
        <TextField type="datetime-local" dir="ltr" label={t('challenge.filed')} hint={t('custody.atHint', { zone: zone() })} value={filed} onChange={(next) => set({ filed: next })} />
      </div>
      <Problem error={act.error} />
    </Dialog>
  );
}

type Decision = Exclude<ChallengeInfo['outcome'], 'OPEN'>;

function Choice({ label, checked, name, onChoose }: { readonly label: string; readonly checked: boolean; readonly name: string; readonly onChoose: () => void }): ReactNode {
  const id = useId();
  return <span className={styles['choice']}><input id={id} type="radio" name={name} checked={checked} onChange={onChoose} /><label htmlFor={id}>{label}</label></span>;
}

/** Writes down what a court decided. Before an exclusion it tells what falls with the exhibit. */
export function DecideDialog({ of, challenge, onClose }: Properties & { readonly challenge: ChallengeInfo }): ReactNode {
  const { id } = useSpace();
  const name = useId();
  const { country } = challenge;
  const [outcome, setOutcome] = useState<Decision | null>(null);
  const [ruling, setRuling] = useState('');
  const act = useAct(DecideChallenge, useDone(onClose));
  const excludes = outcome === 'EXCLUDED';
  const send = (): void => {
    if (outcome) act.mutate({ space: id, id: challenge.id, outcome, ruling: ruling.trim() });
  };
  return (
    <Dialog wide title={t('challenge.decideTitle', { number: of.number })} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look={excludes ? 'danger' : 'primary'} disabled={!outcome || !ruling.trim() || act.isPending}>
        {t(excludes ? 'challenge.submitExcluded' : 'challenge.submitRejected')}
      </Button>
    </>}>
      <p><bdi>{challenge.by}</bdi>{t('ui.comma')}<bdi>{challenge.ground}</bdi>{t('ui.comma')}<bdi>{challenge.court}</bdi> <CountryCode code={country} /></p>
      <FieldGroup label={t('challenge.decision')}>
        <Choice name={name} label={t('challenge.rejects', { country })} checked={outcome === 'REJECTED'} onChoose={() => setOutcome('REJECTED')} />
        <Choice name={name} label={t('challenge.excludes', { country })} checked={excludes} onChoose={() => setOutcome('EXCLUDED')} />
      </FieldGroup>
      <TextArea label={t('challenge.ruling')} hint={t('challenge.rulingHint')} rows={2} required value={ruling} onChange={setRuling} />
      {excludes && <WhatFalls of={of} country={country} />}
      <Problem error={act.error} />
    </Dialog>
  );
}
