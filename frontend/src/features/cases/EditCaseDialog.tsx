import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { ApiError, problemAt, problemBeside } from '@/api/errors';
import type { CaseState } from '@/api/generated/graphql';
import { useAct } from '@/api/hooks';
import { useSpace } from '@/api/SpaceContext';
import { HandFields, type Hands } from '@/features/cases/HandFields';
import { referenceText, UpdateCase, type CaseInfo } from '@/features/cases/queries';
import { filledIn, References, type Reference } from '@/features/cases/References';
import { useTouch } from '@/live/hooks';
import { firstName, listed, splitList } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { SelectField, TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/cases/cases.module.css';

/** The case as the server has it now, beside what was typed. */
function Theirs({ now }: { readonly now: CaseInfo }): ReactNode {
  const touch = useTouch(now.id);
  return (
    <div role="alert">
      <p>{t('case.conflict', { name: touch ? firstName(touch.name) : t('case.somebody') })}</p>
      <dl className={styles['facts']}>
        <div><dt>{t('case.theirs')}: {t('case.titleField')}</dt><dd><bdi>{now.title}</bdi></dd></div>
        <div><dt>{t('cases.state')}</dt><dd>{t(`caseState.${now.state}`)}</dd></div>
        <div><dt>{t('cases.reference')}</dt><dd><bdi dir="ltr">{referenceText(now.references)}</bdi></dd></div>
        <div><dt>{t('cases.lead')}</dt><dd><bdi>{now.lead?.name ?? t('ui.none')}</bdi></dd></div>
        <div><dt>{t('cases.authority')}</dt><dd><bdi>{now.authority.name}</bdi></dd></div>
        <div><dt>{t('cases.offences')}</dt><dd><bdi>{listed(now.offences)}</bdi></dd></div>
        <div><dt>{t('cases.summary')}</dt><dd><bdi>{now.summary}</bdi></dd></div>
      </dl>
      <p>{t('case.mine')}:</p>
    </div>
  );
}

/** Refusals that stand at their own field. */
const shownBeside = ['references', 'lead', 'authority'];

/** Changes a case; when a colleague was faster, both versions show and nothing typed is lost. */
export function EditCaseDialog({ of, onClose }: { readonly of: CaseInfo; readonly onClose: () => void }): ReactNode {
  const space = useSpace();
  const [version, setVersion] = useState(of.version);
  const [title, setTitle] = useState(of.title);
  const [summary, setSummary] = useState(of.summary);
  const [offences, setOffences] = useState(of.offences.join(', '));
  const [state, setState] = useState<CaseState>(of.state);
  const [references, setReferences] = useState<readonly Reference[]>(of.references);
  const [hands, setHands] = useState<Hands>({ lead: of.lead?.id ?? '', authority: of.authority.id });
  const update = useAct(UpdateCase, async () => {
    await refresh(space.id, ['Case', 'Cases', 'SpaceCases', 'Activity']);
    onClose();
  });
  const conflict = update.error instanceof ApiError && update.error.kind === 'CONFLICT';
  const send = (expectedVersion: string): void => {
    setVersion(expectedVersion);
    const changes = {
      title: title.trim(), summary: summary.trim(), offences: splitList(offences), state, references: filledIn(references),
      lead: hands.lead || null, authority: hands.authority,
    };
    update.mutate({ space: space.id, id: of.id, changes, expectedVersion }, {
      onError: (error) => {
        if (error.kind === 'CONFLICT') void refresh(space.id, ['Case']);
      },
    });
  };
  return (
    <Dialog title={t('cases.edit')} onClose={onClose} onSubmit={() => send(conflict ? of.version : version)} actions={<>
      <Button onClick={onClose}>{conflict ? t('case.takeTheirs') : t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!title.trim() || update.isPending}>{conflict ? t('case.takeMine') : t('case.save')}</Button>
    </>}>
      {conflict && <Theirs now={of} />}
      <TextField label={t('case.titleField')} value={title} onChange={setTitle} />
      <SelectField label={t('cases.state')} value={state} onChange={(next) => setState(next === 'CLOSED' ? 'CLOSED' : 'OPEN')}>
        <option value="OPEN">{t('caseState.OPEN')}</option>
        <option value="CLOSED">{t('caseState.CLOSED')}</option>
      </SelectField>
      <References value={references} onChange={setReferences} problem={problemAt(update.error, 'references')} />
      <HandFields of={of} value={hands} onChange={setHands} error={update.error} />
      <TextField label={t('cases.offences')} hint={t('case.offencesHint')} value={offences} onChange={setOffences} />
      <TextArea label={t('cases.summary')} value={summary} onChange={setSummary} rows={4} />
      {!conflict && <Problem error={problemBeside(update.error, shownBeside)} />}
    </Dialog>
  );
}
