import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { problemAt, problemBeside } from '@/api/errors';
import { useAct } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { CreateCase } from '@/features/cases/queries';
import { filledIn, References, type Reference } from '@/features/cases/References';
import { splitList } from '@/text/format';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Check, FieldGroup, TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/cases/cases.module.css';

/** Opens a case of the reader's own authority. */
export function NewCaseDialog({ onClose, onCreated }: { readonly onClose: () => void; readonly onCreated: (id: string) => void }): ReactNode {
  const space = useSpace();
  const me = useMe();
  const [title, setTitle] = useState('');
  const [summary, setSummary] = useState('');
  const [offences, setOffences] = useState('');
  const [references, setReferences] = useState<readonly Reference[]>([{ country: me.agency.country, number: '' }]);
  const [markings, setMarkings] = useState<readonly string[]>([]);
  const create = useAct(CreateCase, ({ createCase }) => {
    void refresh(space.id, ['SpaceCases', 'Cases', 'Activity']);
    onCreated(createCase.id);
  });
  const send = (): void => create.mutate({
    space: space.id, title: title.trim(), summary: summary.trim(), offences: splitList(offences), markings: [...markings],
    references: filledIn(references),
  });
  return (
    <Dialog title={t('cases.create')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!title.trim() || create.isPending}>{t('case.create')}</Button>
    </>}>
      <TextField label={t('case.titleField')} value={title} onChange={setTitle} />
      <References value={references} onChange={setReferences} problem={problemAt(create.error, 'references')} />
      <TextField label={t('cases.offences')} hint={t('case.offencesHint')} value={offences} onChange={setOffences} />
      <TextArea label={t('cases.summary')} value={summary} onChange={setSummary} rows={3} />
      {space.markings.length > 0 && (
        <FieldGroup label={t('record.markings')}>
          <div className={styles['checks']}>
            {space.markings.map(({ marking: { id, name } }) => (
              <Check key={id} label={<bdi>{name}</bdi>} checked={markings.includes(id)} onChange={(on) => setMarkings(on ? [...markings, id] : markings.filter((each) => each !== id))} />
            ))}
          </div>
        </FieldGroup>
      )}
      <Problem error={problemBeside(create.error, ['references'])} />
    </Dialog>
  );
}
