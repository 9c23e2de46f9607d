import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { refresh } from '@/api/cache';
import { useAct } from '@/api/hooks';
import { useMe } from '@/api/session';
import { useSpace } from '@/api/SpaceContext';
import { CreateCase } from '@/features/cases/queries';
import { splitList } from '@/text/format';
import { t } from '@/text/text';
import { Button, IconButton, LinkButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Check, FieldGroup, TextArea, TextField } from '@/ui/Field';
import { Problem } from '@/ui/States';
import styles from '@/features/cases/cases.module.css';

interface Reference {
  readonly country: string;
  readonly number: string;
}

function References({ value, onChange }: { readonly value: readonly Reference[]; readonly onChange: (value: readonly Reference[]) => void }): ReactNode {
  const me = useMe();
  const set = (at: number, part: Partial<Reference>): void => onChange(value.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <FieldGroup label={t('cases.reference')}>
      {value.map((each, at) => (
        <div key={at} className={styles['refRow']}>
          <TextField mono label={t('case.country')} maxLength={2} value={each.country} onChange={(country) => set(at, { country: country.toUpperCase() })} />
          <TextField mono label={t('case.number')} value={each.number} onChange={(number) => set(at, { number })} />
          <IconButton label={t('case.dropReference', { number: each.number })} icon={<IconTrash size={16} aria-hidden />} onClick={() => onChange(value.filter((_, index) => index !== at))} />
        </div>
      ))}
      <LinkButton onClick={() => onChange([...value, { country: me.agency.country, number: '' }])}><IconPlus size={13} aria-hidden /> {t('case.addReference')}</LinkButton>
    </FieldGroup>
  );
}

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
    references: references.filter(({ number }) => number.trim()).map(({ country, number }) => ({ country, number: number.trim() })),
  });
  return (
    <Dialog title={t('cases.create')} onClose={onClose} onSubmit={send} actions={<>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
      <Button type="submit" look="primary" disabled={!title.trim() || create.isPending}>{t('case.create')}</Button>
    </>}>
      <TextField label={t('case.titleField')} value={title} onChange={setTitle} />
      <References value={references} onChange={setReferences} />
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
      <Problem error={create.error} />
    </Dialog>
  );
}
